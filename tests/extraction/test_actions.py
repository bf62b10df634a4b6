"""A clause is read as an action: what is to be done, the list of things that it is done with, and what stands after them."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import messy, moderate
from strategies import sentences as drawn_sentences
from tables import rows

from kg.documents.reading import read
from kg.extraction.actions import action
from kg.extraction.text import Slice, clauses, sentences

# A clause, what kind of action it is, and the things.
ACTIONS = """
# verbs that take the things
重点发展抗体药物、疫苗 → develop → 抗体药物、疫苗
大力发展中药配方颗粒 → develop → 中药配方颗粒
做大做强中药饮片 → develop → 中药饮片
培育壮大高端医疗器械 → develop → 高端医疗器械
突破靶点发现、基因合成等关键技术 → develop → 靶点发现、基因合成等关键技术
攻克膜分离、层析等关键技术 → develop → 膜分离、层析等关键技术
推广应用微反应连续合成技术 → develop → 微反应连续合成技术
# words of time and of passing over before the verb
同时加快布局核药 → develop → 核药
要大力发展核药 → develop → 核药
到2025年建成国家级基地 → develop → 国家级基地
“十四五”期间重点发展疫苗 → develop → 疫苗
我市重点发展疫苗 → develop → 疫苗
# verbs of support: what is done may stand after the things
加快推进抗体药物、疫苗的研发和产业化 → push → 抗体药物、疫苗
推动新型疫苗研发成果产业化 → push → 新型疫苗
支持仿制药研发 → push → 仿制药
提升体外诊断设备和配套试剂发展水平 → push → 体外诊断设备和配套试剂
巩固原料药优势地位 → push → 原料药
加大高端医疗器械研发力度 → push → 高端医疗器械
探索细胞治疗先行先试 → push → 细胞治疗
# a tail that belongs to the name stays with it
推进中成药上市品种二次开发 → push → 中成药上市品种二次开发
推进原料药和制剂一体化 → push → 原料药和制剂一体化
# those who are pushed are none of the things
支持企业开发透皮给药贴剂 → develop → 透皮给药贴剂
鼓励有条件的企业布局细胞治疗 → develop → 细胞治疗 ✗ an agent with 的 in it hides the verb
支持云南白药研发透皮贴剂 → develop → 透皮贴剂
支持中山大学、南方医科大学开发类脑芯片 → develop → 类脑芯片
鼓励龙头企业牵头研发高端影像设备 → develop → 高端影像设备
# what an action is about
围绕抗体、疫苗等领域 → topic → 抗体、疫苗
聚焦恶性肿瘤、糖尿病等重大疾病 → topic → 恶性肿瘤、糖尿病
以抗体药物、细胞治疗为重点 → topic → 抗体药物、细胞治疗
以中药饮片为主导 → topic → 中药饮片
在医学影像、体外诊断等领域 → topic → 医学影像、体外诊断
面向家庭和社区需求 → topic → 家庭和社区
引导企业向功能食品、化妆品等领域延伸 → topic → 功能食品、化妆品
将抗体药物作为主攻方向 → topic → 抗体药物
# a list that opens by itself
主要包括人工关节、血管支架 → more → 人工关节、血管支架
# a list that goes on
以及医用敷料、缝合线 → none → 医用敷料、缝合线
例如双抗、ADC → none → 双抗、ADC
"""

# Clauses that push nothing.
IDLE = """
# sentences of their own
坚持创新驱动 →
企业规模不断扩大 →
我省医药工业稳步增长 →
产业集聚度不断提高 →
市场空间巨大 →
"""


@pytest.mark.parametrize(("text", "kind", "things"), rows(ACTIONS, columns=3))
def test_a_clause_is_read_as_an_action(text: str, kind: list[str], things: list[str]) -> None:
    read_as = action(Slice(text, 0))
    assert ([read_as.kind], [read_as.things.text]) == (kind, things)


@pytest.mark.parametrize(("text", "_"), rows(IDLE))
def test_what_pushes_nothing_is_no_action(text: str, _: list[str]) -> None:
    assert action(Slice(text, 0)).kind == "none"


def test_what_follows_a_topic_in_its_clause() -> None:
    read_as = action(Slice("针对老年性疾病、妇科等方面的中药新品种", 0))
    assert (read_as.kind, read_as.things.text) == ("topic", "老年性疾病、妇科")
    assert read_as.rest is not None
    assert read_as.rest.text == "中药新品种"


def test_the_tail_is_what_is_done() -> None:
    assert action(Slice("加快推进疫苗的研发和产业化", 0)).tail == "的研发和产业化"
    assert action(Slice("重点发展疫苗", 0)).tail == ""


def _check(clause: Slice) -> None:
    read_as = action(clause)
    assert read_as.kind in ("develop", "push", "topic", "more", "none")
    for piece in (read_as.things, read_as.rest):
        if piece is not None and piece.text:
            assert clause.start <= piece.start <= piece.end <= clause.end
            assert clause.text[piece.start - clause.start : piece.end - clause.start] == piece.text
    assert read_as == action(clause)


@given(messy())
@moderate(60)
def test_the_things_of_a_messy_plan_are_slices_of_it(text: str) -> None:
    for sentence in sentences(read(text).text):
        for clause in clauses(sentence):
            _check(clause)


@given(drawn_sentences)
@moderate(200)
def test_the_things_of_any_clause_are_slices_of_it(text: str) -> None:
    for clause in clauses(Slice(text, 5)):
        _check(clause)
