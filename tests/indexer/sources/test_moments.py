from datetime import UTC, datetime

import pytest

from indexer.sources.moments import has_clock, local_moment, moment


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("14 Agustus 2025", "2025-08-14T00:00:00+07:00"),
        ("24/05/2024", "2024-05-24T00:00:00+07:00"),
        ("05/06/2024", "2024-06-05T00:00:00+07:00"),
        ("5-6-2024", "2024-06-05T00:00:00+07:00"),
        ("14.08.2025", "2025-08-14T00:00:00+07:00"),
        ("12/03/24", "2024-03-12T00:00:00+07:00"),
        ("2025/08/14 09:30:00", "2025-08-14T09:30:00+07:00"),
        ("2025-08-14 09:30:00 WIB", "2025-08-14T09:30:00+07:00"),
        ("2025-08-14T09:30:00Z", "2025-08-14T09:30:00+00:00"),
        ("2015-11-05 T10:08:58Z", "2015-11-05T10:08:58+00:00"),
        ("14 Agustus 2025 pukul 09.30 WIB", "2025-08-14T09:30:00+07:00"),
        ("Kamis, 14 Agustus 2025 | 09:30 WIB", "2025-08-14T09:30:00+07:00"),
        ("Kamis, 14 Agustus 2025 - 09:30 WITA", "2025-08-14T09:30:00+08:00"),
        ("KAMIS, 14 AGUSTUS 2025 – 9.30 wit", "2025-08-14T09:30:00+09:00"),
        ("Jum'at, 3 Mei 2024 09:30 WIT", "2024-05-03T09:30:00+09:00"),
        ("Kam, 14 Ags 2025 09:30WIB", "2025-08-14T09:30:00+07:00"),
        ("14 Peb 2025", "2025-02-14T00:00:00+07:00"),
        ("14-Nop-2025", "2025-11-14T00:00:00+07:00"),
        ("21+January+2019", "2019-01-21T00:00:00+07:00"),
        ("10/21/2025 20:43", "2025-10-21T20:43:00+07:00"),
        ("8/14/2025 9:30:00 PM", "2025-08-14T21:30:00+07:00"),
        ("14/08/2025 9:30:00 PM", "2025-08-14T21:30:00+07:00"),
        ("12:15 AM, 14 August 2025", "2025-08-14T00:15:00+07:00"),
        ("August 14, 2025 12:15 p.m.", "2025-08-14T12:15:00+07:00"),
        ("Thu, 14 Aug 2025 09:30:00 +0800", "2025-08-14T09:30:00+08:00"),
        ("Thu, 14 Aug 25 09:30:00 GMT", "2025-08-14T09:30:00+00:00"),
        ("Thu Aug 14 09:30:00 UTC 2025", "2025-08-14T09:30:00+00:00"),
        ("Thu Aug 14 2025 09:30:00 GMT+0700 (WIB)", "2025-08-14T09:30:00+07:00"),
        ("Kabar.com - 14/08/2025, 09:30 WIB", "2025-08-14T09:30:00+07:00"),
        ("4,160 Views | Kamis, 14 Agustus 2025 | 09:30 WIB", "2025-08-14T09:30:00+07:00"),
        ("Diterbitkan pada 14 Agustus 2025", "2025-08-14T00:00:00+07:00"),
        (" 14\n Agustus\xa02025 ", "2025-08-14T00:00:00+07:00"),
    ],
)
def test_dates_are_read_as_portals_write_them(text, read_as):
    assert moment(text).isoformat() == read_as


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "kemarin",
            "3",
            "2017",
            "1447117200",
            "Mei 2025",
            "5 Juni",
            "Tahun 2017",
            "09:30",
            "Rp1.500.000",
            "12.30",
        ),
        *("Perda Nomor 3 Tahun 2017", "Perda Nomor 12 tanggal 3 Mei 2017", "Copyright © 2023", "Halaman 1 dari 3"),
        *("31 Juni 2025", "32 Agustus 2025", "13/13/2025", "2025-13-45", "2025-08-14 25:10", "2025-02-30"),
        *("0001-01-01", "0000-00-00 00:00:00", "1 Mei 1899", "99/99/9999"),
        *("14 Agustus 2025 - 16 Agustus 2025", "14 Agustus 2025 10:00 MEZ", "https://kabar.example/2017/03/04"),
        *("Panen raya yang dimulai warga desa pada hari Rabu 3 Mei 2017 di Amuntai", "12 Marathon 2020", "x" * 200),
    ],
)
def test_what_names_no_moment_is_none(text):
    assert moment(text) is None


@pytest.mark.parametrize(("words", "is_read"), [(0, False), (1, False), (2, True)])
def test_beside_what_belongs_to_a_date_there_may_be_so_many_words(words, is_read):
    assert (moment("Foto: Antara, pada Rabu, 3 Mei 2017", words=words) is not None) is is_read


def test_midnight_is_what_a_day_alone_is_read_as():
    assert not has_clock(moment("14 Agustus 2025"))
    assert has_clock(moment("14 Agustus 2025 09.30"))


def test_a_clock_at_the_end_of_time_is_read():
    assert local_moment("9999-12-31 23:59:59", "9999-12-31 16:59:59") == datetime(9999, 12, 31, 16, 59, 59, tzinfo=UTC)
