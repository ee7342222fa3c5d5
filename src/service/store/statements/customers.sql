-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: customer.insert
INSERT INTO customers (id, business_id, name, email, phone, user_id, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: customer.save
UPDATE customers SET name = ?3, email = ?4, phone = ?5, user_id = ?6 WHERE business_id = ?1 AND id = ?2;
