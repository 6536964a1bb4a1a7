# Measurements into a table and out of it: with executemany, and one at a time.
import sqlite3

COUNT = 100_000
connection = sqlite3.connect(":memory:")
connection.execute("CREATE TABLE reading (id INTEGER PRIMARY KEY, sensor TEXT, value REAL, raw INTEGER, note BLOB)")
connection.executemany("INSERT INTO reading (sensor, value, raw, note) VALUES (?, ?, ?, ?)",
                       (("sensor%02d" % (i % 40), i / 8, i * 7, b"ok" if i % 3 else None) for i in range(COUNT)))
connection.commit()
for i in range(COUNT):
    connection.execute("INSERT INTO reading (sensor, value, raw, note) VALUES (?, ?, ?, ?)", ("sensor%02d" % (i % 40), i / 4, i, None))
connection.commit()

total = 0
for number, sensor, value, raw, note in connection.execute("SELECT * FROM reading"):
    total += number + len(sensor) + int(value) + raw + (note is None)
print(total)
rows = connection.execute("SELECT sensor, value FROM reading WHERE raw % 2").fetchall()
print(len(rows), sum(value for sensor, value in rows))
cursor = connection.cursor()
found = 0
for i in range(1, COUNT + 1):
    found += cursor.execute("SELECT raw FROM reading WHERE id = ?", (i,)).fetchone()[0]
print(found)
