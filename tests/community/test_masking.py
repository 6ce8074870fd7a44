"""Numbers that point to a person, in what people write."""

from __future__ import annotations

import pytest

from community.masking import masked, traces


class TestAText:
    @pytest.mark.parametrize(
        ("written", "public"),
        [
            ("请打13812345678找我", "请打138********找我"),
            ("打 138 1234 5678", "打 138**********"),
            ("+86 13812345678", "+86************"),
            ("0573-84123456", "057**********"),
            ("身份证33052119800101123X", "身份证330***************"),
            ("车牌浙F12345挡住了", "车牌浙F1****挡住了"),
            ("新能源浙FD12345", "新能源浙FD*****"),
        ],
    )
    def test_shows_no_number_that_points_to_a_person(self, written, public):
        assert masked(written) == public
        assert len(traces(written)) == 1

    @pytest.mark.parametrize(
        "written",
        [
            "三天没亮了，编号 R-202603-0001",
            "楼下 12 号，约 3.5 米",
            "订单 2026030112345678901234",
            "打 110 或 12345",
            "2026-03-02 19:00",
        ],
    )
    def test_is_left_as_it_is_otherwise(self, written):
        assert masked(written) == written
        assert traces(written) == []

    def test_names_its_numbers_in_the_order_they_stand(self):
        written = "浙F12345 的车主，电话 13812345678"

        assert traces(written) == ["浙F12345", "13812345678"]
