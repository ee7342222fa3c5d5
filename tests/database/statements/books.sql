-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: book.insert
INSERT INTO book (id, shelf, title) VALUES (?, ?, ?);

-- name: book.insert_next
INSERT INTO book (title) VALUES (?);

-- name: book.count
SELECT count (*) FROM book;

-- name: book.titles
SELECT title FROM book ORDER BY id;

-- name: shelf.insert
INSERT INTO shelf (id, name) VALUES (?, ?);

-- name: types
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7;
