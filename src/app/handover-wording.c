/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/handover-wording.h"

#include <glib/gi18n.h>

/**
 * handover_wording_wait:
 * @milliseconds: how long
 *
 * Says a wait as a clock: 0:12, 2:14, 1:02:14, and whole days beyond.
 *
 * Returns: (transfer full): the text
 */
char *
handover_wording_wait (gint64 milliseconds)
{
  gint64 seconds = MAX (milliseconds, 0) / 1000;
  gint64 minutes = seconds / 60;
  gint64 hours = minutes / 60;

  if (hours >= 24)
    /* Translators: how long a customer waits, in little room */
    return g_strdup_printf (ngettext ("%d day", "%d days", hours / 24), (int) (hours / 24));

  if (hours > 0)
    return g_strdup_printf ("%d:%02d:%02d", (int) hours, (int) (minutes % 60), (int) (seconds % 60));

  return g_strdup_printf ("%d:%02d", (int) minutes, (int) (seconds % 60));
}

/**
 * handover_wording_wait_spoken:
 * @milliseconds: how long
 *
 * Says a wait for a screen reader, in whole minutes so that it does not change at every tick.
 *
 * Returns: (transfer full): the text
 */
char *
handover_wording_wait_spoken (gint64 milliseconds)
{
  gint64 minutes = MAX (milliseconds, 0) / 60000;

  if (minutes == 0)
    return g_strdup (_("less than a minute"));

  if (minutes >= 60)
    /* Translators: how long a customer waits, for a screen reader */
    return g_strdup_printf (ngettext ("%d hour", "%d hours", minutes / 60), (int) (minutes / 60));

  /* Translators: how long a customer waits, for a screen reader */
  return g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), (int) minutes);
}

static GDateTime *
local_time (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

/**
 * handover_wording_clock:
 * @at: milliseconds since 1970
 *
 * Says a time of day.
 *
 * Returns: (transfer full): the text, such as "14:02"
 */
char *
handover_wording_clock (gint64 at)
{
  g_autoptr (GDateTime) time = local_time (at);

  /* Translators: a time of day; see strftime */
  return time != NULL ? g_date_time_format (time, _("%H:%M")) : g_strdup ("");
}

/**
 * handover_wording_moment:
 * @at: milliseconds since 1970
 * @now: the time now, likewise
 *
 * Says a moment as shortly as it stays clear: the time today, the weekday of the last days, else the date.
 *
 * Returns: (transfer full): the text
 */
char *
handover_wording_moment (gint64 at,
                         gint64 now)
{
  g_autoptr (GDateTime) time = local_time (at);
  g_autoptr (GDateTime) today = local_time (now);
  GDate day, this_day;
  int age;

  if (time == NULL || today == NULL)
    return g_strdup ("");

  g_date_clear (&day, 1);
  g_date_clear (&this_day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (time), g_date_time_get_month (time), g_date_time_get_year (time));
  g_date_set_dmy (&this_day, g_date_time_get_day_of_month (today), g_date_time_get_month (today),
                  g_date_time_get_year (today));
  age = g_date_days_between (&day, &this_day);

  if (age == 0)
    return handover_wording_clock (at);
  if (age == 1)
    return g_strdup (_("Yesterday"));
  if (age > 0 && age < 7)
    return g_date_time_format (time, "%A");
  if (g_date_time_get_year (time) == g_date_time_get_year (today))
    /* Translators: a day of this year; see strftime */
    return g_date_time_format (time, _("%-e %b"));

  /* Translators: a day of another year; see strftime */
  return g_date_time_format (time, _("%-e %b %Y"));
}

/**
 * handover_wording_customer:
 * @customer: (nullable): a customer
 *
 * Says whom we talk to by what is known: name, else phone, e-mail or the shop's own id.
 *
 * Returns: (transfer full): the text
 */
char *
handover_wording_customer (HandoverCustomer *customer)
{
  if (customer != NULL && customer->name != NULL && *customer->name != '\0')
    return g_strdup (customer->name);
  if (customer != NULL && customer->phone != NULL && *customer->phone != '\0')
    return handover_wording_isolate (customer->phone);
  if (customer != NULL && customer->email != NULL && *customer->email != '\0')
    return handover_wording_isolate (customer->email);
  if (customer != NULL && customer->user_id != NULL && *customer->user_id != '\0')
    return handover_wording_isolate (customer->user_id);

  /* Translators: a customer of whom nothing is known */
  return g_strdup (_("Visitor"));
}

/**
 * handover_wording_has_initials:
 * @customer: (nullable): a customer
 *
 * Whether an avatar may show initials; those of a phone number are odd.
 *
 * Returns: %TRUE if the customer's name begins with a letter
 */
gboolean
handover_wording_has_initials (HandoverCustomer *customer)
{
  return customer != NULL && customer->name != NULL && g_unichar_isalpha (g_utf8_get_char (customer->name));
}

/**
 * handover_wording_isolate:
 * @text: a phone number, address, price or order number
 *
 * Keeps text that reads from left to right apart from what surrounds it, also in Arabic or Hebrew.
 *
 * Returns: (transfer full): @text between isolating characters
 */
char *
handover_wording_isolate (const char *text)
{
  return g_strconcat ("\u2066", text, "\u2069", NULL);
}

/* The blocks that Unicode keeps for scripts from right to left. */
static gboolean
is_rtl (gunichar letter)
{
  return (letter >= 0x0590 && letter <= 0x08ff) || (letter >= 0xfb1d && letter <= 0xfdff)
         || (letter >= 0xfe70 && letter <= 0xfeff) || (letter >= 0x10800 && letter <= 0x10fff)
         || (letter >= 0x1e800 && letter <= 0x1efff);
}

/* Embeddings and overrides in a name would turn around what follows it. */
static gboolean
is_override (gunichar letter)
{
  return letter >= 0x202a && letter <= 0x202e;
}

static gboolean
disturbs (const char *text)
{
  for (const char *place = text; *place != '\0'; place = g_utf8_next_char (place))
    {
      if (is_rtl (g_utf8_get_char (place)) || is_override (g_utf8_get_char (place)))
        return TRUE;
    }

  return FALSE;
}

/**
 * handover_wording_embed:
 * @text: a name, or other words that are not ours
 *
 * Prepares words to stand in one of our sentences: a name in Arabic leaves an English sentence as it is, and the other
 * way round. Words that cannot disturb the sentence stay what they are.
 *
 * Returns: (transfer full): the text to insert
 */
char *
handover_wording_embed (const char *text)
{
  /* Not the direction of the windows: what is not translated is English there, too. */
  gboolean rtl = is_rtl (g_utf8_get_char (_("Waiting for a person")));

  if (!rtl && !disturbs (text))
    return g_strdup (text);

  /* Pango takes a line's direction from its first letter, be it isolated or not, so the mark goes first. */
  return g_strconcat (rtl ? "\u200f\u2068" : "\u200e\u2068", text, "\u2069", NULL);
}

/**
 * handover_wording_sentence:
 * @text: words that a machine wrote
 *
 * Begins them with a capital letter.
 *
 * Returns: (transfer full): the text
 */
char *
handover_wording_sentence (const char *text)
{
  char first[7] = { 0, };

  if (*text == '\0')
    return g_strdup ("");

  g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (text)), first);

  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

/**
 * handover_wording_channel:
 * @kind: a #HandoverChannelKind
 *
 * Names a channel.
 *
 * Returns: the name
 */
const char *
handover_wording_channel (int kind)
{
  switch ((HandoverChannelKind) kind)
    {
    case HANDOVER_CHANNEL_KIND_WHATSAPP:
      return "WhatsApp";
    case HANDOVER_CHANNEL_KIND_INSTAGRAM:
      return "Instagram";
    case HANDOVER_CHANNEL_KIND_MESSENGER:
      return "Messenger";
    case HANDOVER_CHANNEL_KIND_TELEGRAM:
      return "Telegram";
    case HANDOVER_CHANNEL_KIND_SMS:
      return _("SMS");
    case HANDOVER_CHANNEL_KIND_API:
      /* Translators: the channel of an AI agent that has its own chat */
      return _("Web chat");
    case HANDOVER_CHANNEL_KIND_UNKNOWN:
    default:
      return _("Chat");
    }
}

/**
 * handover_wording_channel_icon:
 * @kind: a #HandoverChannelKind
 *
 * Names a channel's icon.
 *
 * Returns: an icon name
 */
const char *
handover_wording_channel_icon (int kind)
{
  switch ((HandoverChannelKind) kind)
    {
    case HANDOVER_CHANNEL_KIND_WHATSAPP:
      return "handover-whatsapp-symbolic";
    case HANDOVER_CHANNEL_KIND_INSTAGRAM:
      return "handover-instagram-symbolic";
    case HANDOVER_CHANNEL_KIND_MESSENGER:
      return "handover-messenger-symbolic";
    case HANDOVER_CHANNEL_KIND_TELEGRAM:
      return "handover-telegram-symbolic";
    case HANDOVER_CHANNEL_KIND_SMS:
      return "handover-sms-symbolic";
    case HANDOVER_CHANNEL_KIND_API:
    case HANDOVER_CHANNEL_KIND_UNKNOWN:
    default:
      return "handover-api-symbolic";
    }
}

/**
 * handover_wording_attachment_icon:
 * @kind: what people call an attachment
 *
 * Names the icon of a kind of file.
 *
 * Returns: an icon name
 */
const char *
handover_wording_attachment_icon (HandoverAttachmentKind kind)
{
  switch (kind)
    {
    case HANDOVER_ATTACHMENT_IMAGE:
      return "image-x-generic-symbolic";
    case HANDOVER_ATTACHMENT_VIDEO:
      return "video-x-generic-symbolic";
    case HANDOVER_ATTACHMENT_AUDIO:
      return "audio-x-generic-symbolic";
    case HANDOVER_ATTACHMENT_FILE:
    default:
      return "text-x-generic-symbolic";
    }
}

/**
 * handover_wording_attachments:
 * @attachments: (element-type HandoverAttachment): at least one
 *
 * Says in a word or two what came, where there is no room to show it.
 *
 * Returns: (transfer full): the text
 */
char *
handover_wording_attachments (GPtrArray *attachments)
{
  HandoverAttachment *first = g_ptr_array_index (attachments, 0);

  if (attachments->len > 1)
    /* Translators: what a message holds, in a line of the inbox */
    return g_strdup_printf (ngettext ("%u file", "%u files", attachments->len), attachments->len);

  switch (handover_attachment_get_kind (first))
    {
    case HANDOVER_ATTACHMENT_IMAGE:
      /* Translators: what a message holds, in a line of the inbox */
      return g_strdup (_("Picture"));
    case HANDOVER_ATTACHMENT_VIDEO:
      /* Translators: what a message holds, in a line of the inbox */
      return g_strdup (_("Video"));
    case HANDOVER_ATTACHMENT_AUDIO:
      /* Translators: what a message holds, in a line of the inbox */
      return g_strdup (_("Voice message or music"));
    case HANDOVER_ATTACHMENT_FILE:
    default:
      return handover_wording_embed (first->name);
    }
}

/**
 * handover_wording_trigger:
 * @trigger: a #HandoverTrigger
 *
 * Says why an AI stopped, in a few words.
 *
 * Returns: the text
 */
const char *
handover_wording_trigger (int trigger)
{
  switch ((HandoverTrigger) trigger)
    {
    case HANDOVER_TRIGGER_CUSTOMER_REQUEST:
      return _("Customer asked for a person");
    case HANDOVER_TRIGGER_HIGH_RISK_INTENT:
      return _("High risk");
    case HANDOVER_TRIGGER_NEGATIVE_SENTIMENT:
      return _("Unhappy customer");
    case HANDOVER_TRIGGER_KNOWLEDGE_GAP:
      return _("Knowledge gap");
    case HANDOVER_TRIGGER_LOW_CONFIDENCE:
      return _("Not sure");
    case HANDOVER_TRIGGER_POLICY:
      return _("Policy");
    case HANDOVER_TRIGGER_AGENT_FAILURE:
      return _("The AI failed");
    case HANDOVER_TRIGGER_OPERATOR_TAKEOVER:
      return _("A person took over");
    case HANDOVER_TRIGGER_CUSTOMER_RETURNED:
      return _("Customer came back");
    case HANDOVER_TRIGGER_OTHER:
    case HANDOVER_TRIGGER_UNKNOWN:
    default:
      return _("Other reason");
    }
}

/**
 * handover_wording_resolution:
 * @resolution: a #HandoverResolution
 *
 * Says how an escalation ended.
 *
 * Returns: the text
 */
const char *
handover_wording_resolution (int resolution)
{
  switch ((HandoverResolution) resolution)
    {
    case HANDOVER_RESOLUTION_SOLVED:
      return _("Solved");
    case HANDOVER_RESOLUTION_PROMISED:
      return _("Promised something");
    case HANDOVER_RESOLUTION_CONTINUE:
      return _("The AI continues");
    case HANDOVER_RESOLUTION_NO_ANSWER:
      return _("No answer");
    case HANDOVER_RESOLUTION_UNKNOWN:
    default:
      return _("Ended");
    }
}

/**
 * handover_wording_presence:
 * @presence: a #HandoverPresence
 *
 * Says whether an operator takes conversations.
 *
 * Returns: the text
 */
const char *
handover_wording_presence (int presence)
{
  return presence == HANDOVER_PRESENCE_AWAY ? _("Away") : _("Available");
}

/**
 * handover_wording_role:
 * @role: a #HandoverRole
 *
 * Names what an operator may do.
 *
 * Returns: the text
 */
const char *
handover_wording_role (int role)
{
  switch ((HandoverRole) role)
    {
    case HANDOVER_ROLE_OWNER:
      return _("Owner");
    case HANDOVER_ROLE_ADMIN:
      return _("Administrator");
    case HANDOVER_ROLE_OPERATOR:
    case HANDOVER_ROLE_UNKNOWN:
    default:
      return _("Operator");
    }
}
