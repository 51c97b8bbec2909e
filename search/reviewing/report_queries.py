"""
The questions of a report, in SQL, each over the first pages asked after ``:since`` and until ``:until``.

Times are milliseconds. A search has to do with the next one of the same caller within ``:soon``, whichever way the
clock was set between them.
"""

SOON = 5 * 60 * 1000
"""Milliseconds within which one search may be the reason for another."""

_WITHIN = "time > :since and time <= :until"
_FIRST = f"page = 1 and {_WITHIN}"
_OF_CALLER = "over (partition by key, caller order by id)"
_MOST_WORDED = 100_000  # queries without hits whose words are looked at

BY_DAY = f"""
with timed as (
    select (time + :zone) / :day as day, hits, took_ms,
        row_number() over (partition by (time + :zone) / :day order by took_ms) as place,
        count(*) over (partition by (time + :zone) / :day) as number
    from searches where {_FIRST})
select day, number, sum(hits = 0), min(case when 100 * place >= 50 * number then took_ms end),
    min(case when 100 * place >= 95 * number then took_ms end)
from timed group by day
"""

CLICKS_BY_DAY = f"select (time + :zone) / :day as day, count(*) from clicks where {_WITHIN} group by day"

AHEAD = """
select (select count(*) from searches where time > :until) + (select count(*) from clicks where time > :until)
"""

TOP = f"""
select text, searches, callers, (select hits from searches where id = last) from (
    select text, count(*) as searches, count(distinct caller) as callers, max(id) as last
    from searches where {_FIRST} group by text)
order by searches desc, callers desc, text limit :most
"""

MISSED = f"""
select text, searches, callers, found from (
    select text, searches, callers, (select hits from searches where id = last) as found from (
        select text, sum(hits = 0) as searches, count(distinct case when hits = 0 then caller end) as callers,
            max(id) as last
        from searches where {_FIRST} group by text))
where searches > 0 and found = 0
order by searches desc, callers desc, text limit :most
"""
"""Queries without hits, but for those that found something the last time."""

UNCLICKED = f"""
with sent as (select min(time) as first from clicks where {_WITHIN})
select text, searches, callers, (select hits from searches where id = last) from (
    select text, count(*) as searches, count(distinct caller) as callers, max(per_page) as shown, max(id) as last
    from searches, sent where {_FIRST} and hits > 0 and time >= first group by text) as asked
where searches > 1 and not exists (
    select 1 from clicks where clicks.text = asked.text and position <= shown and {_WITHIN})
order by searches desc, callers desc, text limit :most
"""
"""Queries asked more than once since clicks are sent, with hits, and no click on any of their first page."""

CORRECTIONS = f"""
with asked as (
    select text, corrected, is_corrected, lead(text) {_OF_CALLER} as then_text,
        lead(is_corrected) {_OF_CALLER} as then_corrected, abs(lead(time) {_OF_CALLER} - time) <= :soon as is_soon
    from searches where {_FIRST})
select text, corrected, applied, followed, undone from (
    select text, corrected, sum(is_corrected) as applied,
        sum(coalesce(not is_corrected and is_soon and then_text = corrected, 0)) as followed,
        sum(coalesce(is_corrected and is_soon and then_text = text and not then_corrected, 0)) as undone
    from asked where corrected is not null group by text, corrected)
where applied - undone + followed > 0
order by applied - undone + followed desc, text limit :most
"""

SYNONYMS = f"""
with asked as (
    select text, time, caller, hits, is_masked, min(case when hits > 0 and not is_corrected then id end) over (
        partition by key, caller order by id desc rows between unbounded preceding and 1 preceding) as then_found
    from searches where {_FIRST})
select asked.text, found.text, count(*), count(distinct asked.caller)
from asked join searches as found on found.id = then_found
where asked.hits = 0 and abs(found.time - asked.time) <= :soon and asked.text <> found.text
    and not asked.is_masked and not found.is_masked
group by asked.text, found.text
order by count(distinct asked.caller) desc, count(*) desc, asked.text, found.text limit :most
"""
"""Queries without hits, and the next one with hits; looked for from the end on, for a frame that grows costs least."""

WORDED = f"""
select text, count(*) from searches where {_FIRST} and hits = 0 and not is_masked group by text
order by count(*) desc, text limit {_MOST_WORDED}
"""
"""All queries without hits."""
