"""What hypothesis draws: Chinese-looking words, sentences and plans, and the mess that files make of them.

All strategies live here, so that a property of one room is tried on the same texts as one of another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_Test = TypeVar("_Test", bound=Callable[..., None])

REGIONS = (
    "江苏",
    "浙江省",
    "吉林",
    "海南",
    "山东",
    "南京",
    "长春市",
    "杭州",
    "济南高新区",
    "苏州工业园区",
    "鼓楼区",
    "朝阳区",
    "余杭",
    "长三角",
    "京津冀",
    "沂蒙山区",
    "滨海新区",
    "全省",
    "我市",
    "新疆",
    "西安",
    "亳州",
)
FIELDS = (
    "抗体药物",
    "双抗",
    "新型疫苗",
    "细胞及基因治疗",
    "化学原料药",
    "中药配方颗粒",
    "PET-CT和PET-MRI",
    "医用耗材",
    "CAR-T",
    "ADC",
    "纤维素及其衍生物",
    "高端制剂",
    "麻醉",
    "牙科",
    "缓控释",
    "大规模、高表达抗体生产技术",
    "PD-1",
    "互联网+医药",
    "长春新碱",
    "产品",
)
DISEASES = ("恶性肿瘤", "心脑血管疾病", "糖尿病", "妇科", "儿科", "罕见病", "艾滋病")
PLACES = (
    "产业园",
    "生物医药产业集群",
    "药谷",
    "国家高新技术产业开发区",
    "医药港小镇",
    "自由贸易试验区",
    "产业带",
    "“江南药镇”",
)
VERBS = (
    "重点发展",
    "支持",
    "加快推进",
    "围绕",
    "聚焦",
    "打造",
    "建设",
    "依托",
    "联动",
    "以",
    "推动",
    "做大做强",
    "针对",
    "在",
    "鼓励企业开发",
    "发挥",
)
TAILS = (
    "等领域",
    "的研发和产业化",
    "等产品",
    "为重点",
    "等地",
    "产业集聚发展",
    "优势明显",
    "等疾病的抗体药物",
    "为代表的",
    "等",
)
JOINERS = (
    "、",
    "和",
    "及",
    "以及",
    "与",
    "，",
    "；",
    "：",
    "等",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "的",
    "或",
)
MARKS = (
    "一、",
    "（二）",
    "3.",
    "4、",
    "专栏1 ",
    "——",
    "【重点】",
    "任务三：",
    "甲、",
    "第一章",
    "①",
    "# ",
    "**",
    "附件",
)
FIGURES = ("2025年", "500亿元", "10%以上", "３-５个", "１２", "1.5", "“十四五”", "0.56:1", "约1,234家")
_BLANKS = (" ", "  ", "　", "\t", "\u200b", "\ufeff", "\xa0", "\u00ad")
_LINES = ("\n", "\r\n", "\n\n", "\u2028", "\f", "\n\n\n")
_WIDE = {c: c + 0xFEE0 for c in (*range(48, 58), *range(65, 91), *range(97, 123))} | {
    ord("%"): "％",
    ord("-"): "－",
}

# The widest text that a file can hold: no half of a surrogate pair, and no NUL, which marks a binary file.
any_text: SearchStrategy[str] = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300
)

words: SearchStrategy[str] = st.sampled_from(
    (*REGIONS, *FIELDS, *DISEASES, *PLACES, *VERBS, *TAILS, *JOINERS, *FIGURES)
)
sentences: SearchStrategy[str] = st.lists(words, min_size=1, max_size=14).map(
    lambda parts: "".join(parts) + "。"
)


def moderate(examples: int) -> Callable[[_Test], _Test]:
    """Settings under which a run is the same every time and is never failed for a slow machine."""
    slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=slow
    )


@st.composite
def plans(draw: DrawFn, most: int = 8) -> str:
    """A clean text of headings and sentences, one to a line."""
    lines = [draw(st.sampled_from(REGIONS)) + "生物医药产业发展规划"]
    for _ in range(draw(st.integers(1, most))):
        mark = draw(st.sampled_from(("", "", *MARKS)))
        title = draw(st.sampled_from(("", *FIELDS, "重点领域", "发展基础", "空间布局", "保障措施")))
        lines.append(mark + title + ("。" if title else "") + "".join(draw(st.lists(sentences, max_size=3))))
    return "\n".join(lines)


@st.composite
def messy(draw: DrawFn, most: int = 8) -> str:
    """A plan as files bring it: stray blanks and line ends, full-width figures, Markdown, doubled marks, passages twice."""
    text = draw(plans(most))
    if draw(st.booleans()):
        text = text.translate(_WIDE)
    if draw(st.booleans()):
        text = text.replace("。", draw(st.sampled_from(("。。", " 。 ", "。 。", "．"))))
    if draw(st.booleans()):
        text = text.replace("、", " 、").replace("，", ",")
    if draw(st.booleans()):
        lines = text.split("\n")
        marks = draw(
            st.lists(
                st.sampled_from(("# ", "> ", "**", "`", "__", "")), min_size=len(lines), max_size=len(lines)
            )
        )
        text = "\n".join(
            m + line + (m if m in ("**", "`", "__") else "") for m, line in zip(marks, lines, strict=True)
        )
    if draw(st.booleans()):
        pieces = text.split("。")
        order = draw(st.permutations(range(len(pieces))))
        text = text + "\n" + "。".join(pieces[i] for i in order)
    noise = st.sampled_from((*_BLANKS, *_LINES, "12\n", "\n- 3 -\n", "\x07", "\x1b", "……"))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(noise) + text[at:]
    return text
