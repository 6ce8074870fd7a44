"""Sixty questions as people type them, and what each must and must not find.

Every question names its answers among the documents by hand; recall and precision are printed
(`pytest -s`) and both are one. Adding a question that is answered wrongly is a bug report.
"""

from __future__ import annotations

from typing import Final

import pytest

from community.models.search import SearchEntry
from community.queries.search import Narrowing, search
from community.search import Reader
from community.terms import Wanted
from tests.factories.cms import a_notice
from tests.factories.community import county_with_a_village
from tests.times import on_monday

DOCUMENTS: Final = {
    "lift": ("关于小区加装电梯的议事公告", "3 幢 2 单元加装电梯，出资比例见附件，星期六上午议事。"),
    "lift_check": ("电梯年检通知", "本周四 9:00 至 11:00 电梯停运，请走楼梯。"),
    "machine": ("装电机的注意", "农机站装电机，安装完请检查接地；梯田加固另行通知。"),
    "lamp": ("路灯维修", "莲风路 12 号至 36 号路灯不亮，已报供电所维修。"),
    "wifi": ("文化礼堂开通免费 ＷｉＦｉ", "名称 Linli-Free，密码问管理员；5G 基站也已开通。"),
    "water": ("停水通知", "因水管抢修，桥下村 8 组停水 4 小时。"),
    "rubbish": ("垃圾分类积分兑换", "每 100 分兑换洗衣液 1 瓶，地点：社区服务站。"),
    "clinic": ("65 岁以上老人免费体检", "请带身份证和医保卡，B 超在二楼。"),
    "patrol": ("平安志愿巡逻队招募", "晚上七点到九点，愿意巡逻的邻居请报名。"),
    "rules": ("村规民约（2026 版）公示", "红白喜事从简，不乱停车，公示七天。"),
    "hotline": ("96345 热线怎么用", "打 96345 或在本平台报事，都有人办。"),
    "parking": ("停车位重新划线", "地下车库 B2 层施工，请把车开走；3号门关闭。"),
    "thirteen": ("13 幢屋顶漏水", "13 幢顶楼漏水，物业已到场。"),
    "covid": ("疫苗接种 COVID-19 加强针", "在卫生服务中心接种。"),
    "canteen": ("老年食堂开张", "午饭 8 元一份，70 岁以上半价。李𬭎捐大米。"),
    "minutes": ("议事会会议记录", "讨论了电动车充电桩和加装雨棚。"),
}
QUESTIONS: Final = {
    # one character
    "梯": "lift lift_check machine",
    "灯": "lamp",
    "水": "water thirteen",
    "车": "rules parking minutes",
    "幢": "lift thirteen",
    "医": "clinic",
    "𬭎": "canteen",
    "村": "water rules",
    # two
    "电梯": "lift lift_check",
    "加装": "lift minutes",
    "装电": "lift machine",
    "路灯": "lamp",
    "维修": "lamp",
    "停水": "water",
    "停车": "rules parking",
    "积分": "rubbish",
    "体检": "clinic",
    "巡逻": "patrol",
    "公告": "lift",
    "通知": "lift_check machine water",
    "公示": "rules",
    "议事": "lift minutes",
    "漏水": "thirteen",
    "热线": "hotline",
    "食堂": "canteen",
    "楼梯": "lift_check",
    "梯田": "machine",
    "电动": "minutes",
    # three
    "议事会": "minutes",
    "充电桩": "minutes",
    "志愿者": "",
    "服务站": "rubbish",
    "医保卡": "clinic",
    "洗衣液": "rubbish",
    "车库门": "",
    # four and more
    "加装电梯": "lift",
    "小区电梯": "",
    "垃圾分类": "rubbish",
    "村规民约": "rules",
    "老年食堂": "canteen",
    "路灯不亮": "lamp",
    "地下车库": "parking",
    "平安志愿巡逻队": "patrol",
    "关于小区加装电梯的议事公告": "lift",
    # Latin and digits, in every width
    "wifi": "wifi",
    "WiFi": "wifi",
    "ＷＩＦＩ": "wifi",
    "wif": "wifi",
    "ifi": "",
    "5G": "wifi",
    "5g基站": "wifi",
    "5G 基站": "wifi",
    "B2层": "parking",
    "3幢": "lift",
    "3 幢": "lift",
    "13幢": "thirteen",
    "96345": "hotline",
    "9634": "",
    "covid-19": "covid",
    "65岁": "clinic",
    # quotes, blanks and punctuation
    '"加装电梯"': "lift",
    "“电梯”": "lift lift_check",
    '电梯"': "lift lift_check",
    "　电梯　年检 ": "lift_check",
    "电梯，停运": "lift_check",
    "电梯 路灯": "",
    "': DROP TABLE": "",
}


@pytest.mark.django_db
def test_sixty_questions_are_answered_whole_and_with_nothing_else(capsys):
    village = county_with_a_village().village
    keys = {}
    for key, (title, text) in DOCUMENTS.items():
        notice = a_notice(village, title=title, body=[("heading", text)])
        keys[notice.pk] = key
    reader = Reader(person=None, offices=(), at=on_monday("12:00"))

    wrong, right, answered, expected = {}, 0, 0, 0
    for question, names in QUESTIONS.items():
        found = search(Wanted.in_words(question), reader=reader, narrowing=Narrowing())
        entries = SearchEntry.objects.filter(pk__in=found.entries.values("pk"), kind="notice")
        answers = {keys[pk] for pk in entries.values_list("object_id", flat=True)}
        wanted = set(names.split())
        right += len(answers & wanted)
        answered += len(answers)
        expected += len(wanted)
        if answers != wanted:
            wrong[question] = answers ^ wanted

    print(f"\n{len(QUESTIONS)} questions over {len(DOCUMENTS)} documents:")
    print(f"recall {right / expected:.3f}, precision {right / answered:.3f}")
    assert not wrong
    assert len(QUESTIONS) >= 60
