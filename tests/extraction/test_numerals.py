"""Numbers with units and bounds, and numbers that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.numerals import chinese_number, number, quantities

ONE = [
    # text, value, value_max, unit, comparator
    ("产值480.5亿元", 480.5, None, "亿元", "="),
    ("产值1,280亿元", 1280, None, "亿元", "="),
    ("投资额超过2.4万亿元", 2.4, None, "万亿元", ">"),
    ("储备规模近3000万", 3000, None, "万", "~"),
    ("出口72亿美元", 72, None, "亿美元", "="),
    ("园区6—8个", 6, 8, "个", "range"),
    ("园区6~8个", 6, 8, "个", "range"),
    ("园区6至8个", 6, 8, "个", "range"),
    ("企业2-3家", 2, 3, "家", "range"),
    ("占比12%-15%", 12, 15, "%", "range"),
    ("占比12—15%", 12, 15, "%", "range"),
    ("5000万元至2亿元", 0.5, 2, "亿元", "range"),
    ("40余种品种", 40, None, "种", ">"),
    ("700多个", 700, None, "个", ">"),
    ("二十余家", 20, None, "家", ">"),
    ("上百个品种", 100, None, "个", "~"),
    ("近千家企业", 1000, None, "家", "~"),
    ("3.6万余亩", 3.6, None, "万亩", ">"),
    ("超百亿元", 100, None, "亿元", ">"),
    ("过亿元的品种", 1, None, "亿元", ">"),
    ("亿元以上项目", 1, None, "亿元", ">="),
    ("突破千亿元大关", 1000, None, "亿元", ">"),
    ("三成以上", 30, None, "%", ">="),
    ("约占六成", 60, None, "%", "="),
    ("近五分之一", 20, None, "%", "~"),
    ("占全国的1/4", 25, None, "%", "="),
    ("百分之八十以上", 80, None, "%", ">="),
    ("过半", 50, None, "%", ">"),
    ("比值为0.75:1", 0.75, None, None, "="),
    ("比值大于0.9，", 0.9, None, None, ">"),
    ("翻一番", 1, None, "番", "="),
    ("翻了两番", 2, None, "番", "="),
    ("实现翻番", 1, None, "番", "="),
    ("是上年的1.6倍", 1.6, None, "倍", "="),
    ("不低于15%", 15, None, "%", ">="),
    ("不超过12个", 12, None, "个", "<="),
    ("不到5家", 5, None, "家", "<"),
    ("高于7个百分点", 7, None, "个百分点", ">"),
    ("提高3百分点", 3, None, "个百分点", "="),
    ("时限缩短至45个工作日以内", 45, None, "工作日", "<="),
    ("平均时限45日", 45, None, "日", "="),
    ("车间25家（个）", 25, None, "家（个）", "="),
    ("税收30万元/亩", 30, None, "万元/亩", "="),
    ("两个国家级园区", 2, None, "个", "="),
    ("12项重点技术突破", 12, None, "项", "="),
    ("实现技术突破12项", 12, None, "项", "="),
]


@pytest.mark.parametrize(("text", "value", "value_max", "unit", "comparator"), ONE)
def test_one(text: str, value: float, value_max: float | None, unit: str | None, comparator: str) -> None:
    (q,) = quantities(text)
    assert (q.value, q.value_max, q.unit, q.comparator) == (value, value_max, unit, comparator)
    assert 0 <= q.start <= q.at < q.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "2023年", "2021-2025年", "6月16日", "苏政发〔2021〕56号", "第3条", "第十二条", "1类新药", "1.1类", "Ⅲ类",
        "64排CT", "5G应用", "3D打印",
        "PD-1抑制剂", "CD20", "GLP-1受体", "13价疫苗", "百强企业", "世界500强", "前20位企业", "排名前10%企业",
        "“8+4”", "1+1+X", "一批企业",
        "一个中心", "三个方面", "两业融合", "24小时动态监测", "3.0T磁共振", "十四五", "千亿级集群",
        "100亿级企业", "电话：0531-86126868", "三大工程",
        "结构由60:30:10调整", "10项目", "三甲医院",
    ],
)  # fmt: skip
def test_no_quantity(text: str) -> None:
    assert quantities(text) == ()


def test_bare_numbers_take_the_unit_that_follows() -> None:
    found = quantities("分别高于全省工业6.4、9.2个百分点")
    assert [(q.value, q.unit) for q in found] == [(6.4, "个百分点"), (9.2, "个百分点")]


def test_nested_attributes_stay_apart() -> None:
    found = quantities("20亿元以上项目15个以上")
    assert [(q.value, q.unit, q.kind, q.comparator) for q in found] == [
        (20, "亿元", "measure", ">="),
        (15, "个", "count", ">="),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("十", 10),
        ("十六", 16),
        ("二百零五", 205),
        ("三千二百", 3200),
        ("二三", None),
        ("亿", None),
    ],
)
def test_chinese_number(text: str, value: float | None) -> None:
    assert chinese_number(text) == value


@given(st.floats(min_value=0.1, max_value=99999, allow_nan=False).map(lambda x: round(x, 2)))
def test_every_amount_is_read_as_written(value: float) -> None:
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    (q,) = quantities(f"营业收入达到{written}亿元")
    assert q.value == pytest.approx(float(written))
    assert number(written) == pytest.approx(q.value)
