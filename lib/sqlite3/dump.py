"""The SQL that makes a database again: what Connection.iterdump() gives."""


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def _as_text(value):
    return "'" + value.replace("'", "''") + "'"


def _rows_of(cursor, table):
    """An INSERT statement for each row of a table."""
    columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()]
    values = " || ',' || ".join(f"quote({_quoted(name)})" for name in columns)
    head = _as_text(f"INSERT INTO {_quoted(table)} VALUES(")
    for row in cursor.execute(f"SELECT {head} || {values} || ')' FROM {_quoted(table)}"):
        yield row[0] + ";"


def _iterdump(connection, *, filter=None):
    """The statements, one by one. filter: a pattern of LIKE for the names of tables, views, indexes and triggers."""
    connection.row_factory, kept = None, connection.row_factory
    try:
        yield from _statements(connection.cursor(), filter)
    finally:
        connection.row_factory = kept


def _statements(cursor, pattern):
    condition, given = ("AND name LIKE ?", (pattern,)) if pattern else ("", ())
    if cursor.execute("PRAGMA foreign_key_check").fetchall():
        yield "PRAGMA foreign_keys=OFF;"
    yield "BEGIN TRANSACTION;"
    tables = cursor.execute(f"SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL AND type == 'table' {condition} ORDER BY name", given)
    sequences, virtual = [], False
    for name, kind, sql in tables.fetchall():
        if name == "sqlite_sequence":
            sequences.append('DELETE FROM "sqlite_sequence";')
            sequences.extend(_rows_of(cursor, name))
            continue
        if name == "sqlite_stat1":
            yield 'ANALYZE "sqlite_master";'
        elif name.startswith("sqlite_"):
            continue
        elif sql.startswith("CREATE VIRTUAL TABLE"):
            if not virtual:
                virtual = True
                yield "PRAGMA writable_schema=ON;"
            yield ("INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table',"
                   f"{_as_text(name)},{_as_text(name)},0,{_as_text(sql)});")
            continue
        else:
            yield f"{sql};"
        yield from _rows_of(cursor, name)
    rest = cursor.execute(f"SELECT sql FROM sqlite_master WHERE sql NOT NULL AND type IN ('index', 'trigger', 'view') {condition}", given)
    for sql, in rest.fetchall():
        yield f"{sql};"
    if virtual:
        yield "PRAGMA writable_schema=OFF;"
    yield from sequences
    yield "COMMIT;"
