"""The three roles and what the database itself allows them."""

import threading

import psycopg
import pytest

from factcheck.database.cluster import Cluster
from factcheck.database.roles import APP, DATABASE, OWNER, READER, prepare_cluster
from tests.database.conftest import superuser


def connect(cluster: Cluster, role: str, database: str = DATABASE) -> psycopg.Connection:
    return psycopg.connect(**cluster.connection(role, database), autocommit=True)


def test_the_roles_are_what_they_should_be(cluster: Cluster) -> None:
    with superuser(cluster) as connection:
        roles = connection.execute(
            "SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication,"
            " rolbypassrls, rolconfig FROM pg_roles WHERE rolname LIKE 'factcheck%' ORDER BY 1"
        ).fetchall()

    assert roles == [
        (APP, True, False, False, False, False, False, ["idle_in_transaction_session_timeout=60s"]),
        (OWNER, True, False, True, False, False, False, None),
        (
            READER,
            True,
            False,
            False,
            False,
            False,
            False,
            ["default_transaction_read_only=on", "statement_timeout=3s"],
        ),
    ]


def test_the_database_is_the_owners_and_has_its_extensions(cluster: Cluster) -> None:
    with superuser(cluster, DATABASE) as connection:
        assert connection.execute(
            "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding),"
            " (SELECT array_agg(extname::text ORDER BY extname) FROM pg_extension)"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone() == (OWNER, "UTF8", ["pg_trgm", "plpgsql", "unaccent"])


def test_the_owner_makes_tables_and_databases(cluster: Cluster) -> None:
    with connect(cluster, OWNER) as connection:
        connection.execute("CREATE TABLE made (id integer); DROP TABLE made")
        connection.execute("CREATE DATABASE made")
    with connect(cluster, OWNER, "made") as connection:
        connection.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")
    with connect(cluster, OWNER) as connection:
        connection.execute("DROP DATABASE made")


@pytest.mark.parametrize("role", [APP, READER])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE made (id integer)",
        "CREATE TEMPORARY TABLE made (id integer)",
        "CREATE SCHEMA made",
        "CREATE DATABASE made",
        "CREATE ROLE made",
        "SET ROLE factcheck_owner",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
    ],
)
def test_the_other_roles_change_nothing_of_the_kind(
    cluster: Cluster, role: str, statement: str
) -> None:
    with connect(cluster, role) as connection:
        connection.execute("SET default_transaction_read_only = off")

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_reader_only_reads_and_not_for_long(cluster: Cluster) -> None:
    with connect(cluster, READER) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("3s",)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("CREATE TABLE made (id integer)")


def test_preparing_again_changes_nothing_and_mends_what_was_changed(cluster: Cluster) -> None:
    state = (
        "SELECT array_agg(rolname || rolsuper || rolcreatedb || rolcanlogin || rolconfig::text)"
        " FROM (SELECT * FROM pg_roles ORDER BY rolname) roles WHERE rolname LIKE 'factcheck%'"
    )
    with superuser(cluster) as connection:
        before = connection.execute(state).fetchone()
        prepare_cluster(connection)
        after_again = connection.execute(state).fetchone()
        connection.execute("ALTER ROLE factcheck_app SUPERUSER CREATEDB NOLOGIN")
        connection.execute("ALTER ROLE factcheck_reader SET default_transaction_read_only = off")
        connection.execute("GRANT ALL ON DATABASE factcheck TO PUBLIC")

        prepare_cluster(connection)

        assert after_again == before
        assert connection.execute(state).fetchone() == before
        assert connection.execute(
            "SELECT has_database_privilege('factcheck_app', 'factcheck', 'TEMPORARY')"
        ).fetchone() == (False,)


def test_several_may_prepare_a_fresh_server_at_once(fresh_cluster: Cluster) -> None:
    fresh_cluster.start()
    failures: list[BaseException] = []

    def prepare() -> None:
        try:
            with superuser(fresh_cluster) as connection:
                prepare_cluster(connection)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=prepare) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with connect(fresh_cluster, APP) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (APP,)


def test_preparing_inside_a_transaction_is_refused(cluster: Cluster) -> None:
    with (
        psycopg.connect(**cluster.connection("postgres", "postgres")) as connection,
        pytest.raises(ValueError, match="connect with autocommit"),
    ):
        prepare_cluster(connection)
