-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- Channels connected before this app knew of them came by and were not kept, so the lists are loaded once more.
UPDATE state SET cursor = 0;
