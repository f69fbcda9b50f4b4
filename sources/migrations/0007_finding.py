"""Words and addresses as the desk looks for them: a configuration of our own, and two functions."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# Every script, no stems and no stop words: an editor finds the words that were typed.
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION finding (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION finding
    ALTER MAPPING FOR word, hword, hword_part, numword, numhword WITH unaccent, simple;
"""

# All words, "phrases" and -minus; the last word may be the beginning of one.
QUERY = """
CREATE FUNCTION finding_query(typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN query::text LIKE '%''' AND $1 ~ '\\w$'
        THEN (query::text || ':*')::tsquery ELSE query END
    FROM (SELECT websearch_to_tsquery('finding', $1) AS query) AS asked
$$;
"""

# Without scheme, www., fragment, tracking parameters and what is then left at the end. Cut, because
# an index entry must not be longer than a third of a page.
ADDRESS = """
CREATE FUNCTION address_key(url text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT left(rtrim(regexp_replace(
        regexp_replace(lower($1), '^(https?://)?(www\\.)?|#.*$', '', 'g'),
        '(?<=[?&])(utm_[a-z_]+|fbclid|gclid|mc_cid|mc_eid)=[^&]*&?', '', 'g'
    ), '/?&'), 300)
$$;
"""

# What lies below an address, as a pattern for LIKE.
BELOW = r"""
CREATE FUNCTION address_below(url text, separator text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT regexp_replace(address_key($1), '([\\%_])', '\\\1', 'g') || $2 || '%'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_help_texts")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION finding;"),
        migrations.RunSQL(QUERY, "DROP FUNCTION finding_query(text);"),
        migrations.RunSQL(ADDRESS, "DROP FUNCTION address_key(text);"),
        migrations.RunSQL(BELOW, "DROP FUNCTION address_below(text, text);"),
    ]
