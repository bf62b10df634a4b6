// What the page itself says, in Chinese and English.
const WORDS = {
  title: ["医药产业政策知识图谱", "Pharma policy network"],
  search: ["搜索地区、集群、领域…", "Search regions, clusters, fields…"],
  hits: ["搜索结果", "Search results"],
  noHits: ["没有找到", "Nothing found"],
  filters: ["筛选", "Filters"],
  otherLanguage: ["English", "中文"],
  switchLanguage: ["Switch to English", "切换为中文"],
  kinds: ["图例与类型", "Legend and kinds"],
  detail: ["产品领域", "Product fields"],
  relations: ["关系", "Relations"],
  provinces: ["省份（集群数）", "Provinces (clusters)"],
  documents: ["政策文件", "Policy documents"],
  elsewhere: ["跨省或未定", "Across provinces"],
  reset: ["恢复默认", "Reset"],
  canvas: ["关系网络图。方向键移动，加减键缩放；用搜索框可逐一查看各节点。",
    "Network. Arrow keys move, plus and minus zoom; the search box lists every node."],
  tools: ["视图", "View"],
  closer: ["放大", "Zoom in"],
  farther: ["缩小", "Zoom out"],
  whole: ["显示全图", "Show all"],
  save: ["保存为 PNG 图片", "Save as PNG"],
  close: ["关闭", "Close"],
  empty: ["没有可显示的内容：请放宽筛选条件。", "Nothing to show: loosen the filters."],
  levels: ["精选", "Main", "集群主攻", "Clusters’", "全部", "All"],
  shown: ["显示 {0} 个节点、{1} 条关系", "{0} nodes and {1} relations shown"],
  leftOut: ["另有 {0} 个关联较少的节点未收入此图", "{0} less connected nodes are not in this picture"],
  statements: ["{0} 条陈述 · {1} 份文件", "{0} statements · {1} documents"],
  open: ["点击查看全部出处", "Click for all sources"],
  place: ["第 {0}–{1} 字", "characters {0}–{1}"],
  sure: ["置信度 {0}", "confidence {0}"],
  more: ["再显示 {0} 条", "Show {0} more"],
  quote: ["“{0}”", "“{0}”"],
  cut: ["另有 {0} 条陈述未收入此页，请用 kg query 查询。", "{0} more statements are not in this page: ask with kg query."],
  nothing: ["没有直接陈述；因其下辖地区而显示。", "No statement of its own; shown for the regions within it."],
};

let language = new URLSearchParams(location.search).get("lang") === "en" ? 1 : 0; // 0 Chinese, 1 English

function say(key, ...values) {
  const text = WORDS[key][language];
  return text.replace(/\{(\d)\}/g, (_, n) => String(values[Number(n)]));
}

function sayAll() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  for (const e of document.querySelectorAll("[data-say]")) e.textContent = say(e.dataset.say);
  for (const e of document.querySelectorAll("[data-say-label]")) e.setAttribute("aria-label", say(e.dataset.sayLabel));
  for (const e of document.querySelectorAll("[data-say-placeholder]")) e.placeholder = say(e.dataset.sayPlaceholder);
  for (const e of document.querySelectorAll("#tools [data-do]")) e.title = say(e.dataset.do);
}

// An element with attributes and children. Texts become text nodes: nothing from a document is ever markup.
function make(tag, attributes, ...children) {
  const svg = tag === "svg" || tag === "path" || tag === "line";
  const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) e.setAttribute(key, value === true ? "" : String(value));
  }
  e.append(...children.filter((c) => c !== null && c !== undefined));
  return e;
}
