-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: two
SELECT 1;
SELECT 2;

-- name: wrong
SELEKT 1;
