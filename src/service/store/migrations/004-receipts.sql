-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- What became of alerts is told by the escalation's receipt, which goes forward with every report. What each desktop
-- reported was kept beside it, and read by nobody.
DROP TABLE alerts;
