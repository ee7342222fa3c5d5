/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The nick of every value is the word of the interface. A word that this version does not know becomes the
 * enumeration's UNKNOWN value, which is always zero and never sent. */

/**
 * HandoverControl:
 *
 * Who may speak to the customer now.
 */
typedef enum
{
  HANDOVER_CONTROL_UNKNOWN,
  HANDOVER_CONTROL_AGENT,
  HANDOVER_CONTROL_WAITING,
  HANDOVER_CONTROL_OPERATOR,
  HANDOVER_CONTROL_CLOSED,
} HandoverControl;

/**
 * HandoverAuthor:
 *
 * Who said or did one entry of a transcript.
 */
typedef enum
{
  HANDOVER_AUTHOR_UNKNOWN,
  HANDOVER_AUTHOR_CUSTOMER,
  HANDOVER_AUTHOR_AGENT,
  HANDOVER_AUTHOR_OPERATOR,
  HANDOVER_AUTHOR_TOOL,
  HANDOVER_AUTHOR_SYSTEM,
} HandoverAuthor;

/**
 * HandoverMessageKind:
 *
 * What one entry of a transcript is. Only `message` and `transition` reach the customer.
 */
typedef enum
{
  HANDOVER_MESSAGE_KIND_UNKNOWN,
  HANDOVER_MESSAGE_KIND_MESSAGE,
  HANDOVER_MESSAGE_KIND_NOTE,
  HANDOVER_MESSAGE_KIND_TOOL,
  HANDOVER_MESSAGE_KIND_TRANSITION,
  HANDOVER_MESSAGE_KIND_CONTROL,
  HANDOVER_MESSAGE_KIND_REFUSED,
} HandoverMessageKind;

/**
 * HandoverTrigger:
 *
 * Why an escalation was opened. The service alone adds the last two.
 */
typedef enum
{
  HANDOVER_TRIGGER_UNKNOWN,
  HANDOVER_TRIGGER_CUSTOMER_REQUEST,   /*< nick=customer_request >*/
  HANDOVER_TRIGGER_HIGH_RISK_INTENT,   /*< nick=high_risk_intent >*/
  HANDOVER_TRIGGER_NEGATIVE_SENTIMENT, /*< nick=negative_sentiment >*/
  HANDOVER_TRIGGER_KNOWLEDGE_GAP,      /*< nick=knowledge_gap >*/
  HANDOVER_TRIGGER_LOW_CONFIDENCE,     /*< nick=low_confidence >*/
  HANDOVER_TRIGGER_POLICY,
  HANDOVER_TRIGGER_AGENT_FAILURE, /*< nick=agent_failure >*/
  HANDOVER_TRIGGER_OTHER,
  HANDOVER_TRIGGER_OPERATOR_TAKEOVER, /*< nick=operator_takeover >*/
  HANDOVER_TRIGGER_CUSTOMER_RETURNED, /*< nick=customer_returned >*/
} HandoverTrigger;

/**
 * HandoverPriority:
 *
 * How urgent an escalation is; later values are more urgent.
 */
typedef enum
{
  HANDOVER_PRIORITY_UNKNOWN,
  HANDOVER_PRIORITY_LOW,
  HANDOVER_PRIORITY_NORMAL,
  HANDOVER_PRIORITY_HIGH,
  HANDOVER_PRIORITY_URGENT,
} HandoverPriority;

/**
 * HandoverRole:
 *
 * What an operator may do; later values may do more.
 */
typedef enum
{
  HANDOVER_ROLE_UNKNOWN,
  HANDOVER_ROLE_OPERATOR,
  HANDOVER_ROLE_ADMIN,
  HANDOVER_ROLE_OWNER,
} HandoverRole;

/**
 * HandoverPresence:
 *
 * Whether an operator can be handed a conversation.
 */
typedef enum
{
  HANDOVER_PRESENCE_UNKNOWN,
  HANDOVER_PRESENCE_AVAILABLE,
  HANDOVER_PRESENCE_AWAY,
} HandoverPresence;

/**
 * HandoverAgentKind:
 *
 * How an AI agent is run.
 */
typedef enum
{
  HANDOVER_AGENT_KIND_UNKNOWN,
  HANDOVER_AGENT_KIND_CUSTOM,
  HANDOVER_AGENT_KIND_OPENAI,
  HANDOVER_AGENT_KIND_COPILOT_STUDIO, /*< nick=copilot_studio >*/
} HandoverAgentKind;

/**
 * HandoverChannelKind:
 *
 * The platform a customer writes on; `api` is the agent's own chat.
 */
typedef enum
{
  HANDOVER_CHANNEL_KIND_UNKNOWN,
  HANDOVER_CHANNEL_KIND_API,
  HANDOVER_CHANNEL_KIND_WHATSAPP,
  HANDOVER_CHANNEL_KIND_INSTAGRAM,
  HANDOVER_CHANNEL_KIND_MESSENGER,
  HANDOVER_CHANNEL_KIND_TELEGRAM,
  HANDOVER_CHANNEL_KIND_SMS,
} HandoverChannelKind;

/**
 * HandoverChannelState:
 *
 * How a connected account does: `failing` is tried again by itself, `disconnected` is not.
 */
typedef enum
{
  HANDOVER_CHANNEL_STATE_UNKNOWN,
  HANDOVER_CHANNEL_STATE_CONNECTED,
  HANDOVER_CHANNEL_STATE_FAILING,
  HANDOVER_CHANNEL_STATE_DISCONNECTED,
} HandoverChannelState;

/**
 * HandoverResolution:
 *
 * How an escalation ended.
 */
typedef enum
{
  HANDOVER_RESOLUTION_UNKNOWN,
  HANDOVER_RESOLUTION_SOLVED,
  HANDOVER_RESOLUTION_PROMISED,
  HANDOVER_RESOLUTION_CONTINUE,
  HANDOVER_RESOLUTION_NO_ANSWER, /*< nick=no_answer >*/
} HandoverResolution;

/**
 * HandoverReceipt:
 *
 * How far an escalation has come, as its agent is told; it only moves forward.
 */
typedef enum
{
  HANDOVER_RECEIPT_UNKNOWN,
  HANDOVER_RECEIPT_QUEUED,
  HANDOVER_RECEIPT_ALERTED,
  HANDOVER_RECEIPT_SEEN,
  HANDOVER_RECEIPT_CLAIMED,
  HANDOVER_RECEIPT_ANSWERED,
  HANDOVER_RECEIPT_RESOLVED,
} HandoverReceipt;

/**
 * HandoverDeliveryState:
 *
 * How far a reply has come on its way to the customer; it only moves forward.
 */
typedef enum
{
  HANDOVER_DELIVERY_STATE_UNKNOWN,
  HANDOVER_DELIVERY_STATE_QUEUED,
  HANDOVER_DELIVERY_STATE_SENT,
  HANDOVER_DELIVERY_STATE_FAILED,
  HANDOVER_DELIVERY_STATE_DELIVERED,
  HANDOVER_DELIVERY_STATE_READ,
} HandoverDeliveryState;

/**
 * HandoverTemplateScope:
 *
 * Who sees a template.
 */
typedef enum
{
  HANDOVER_TEMPLATE_SCOPE_UNKNOWN,
  HANDOVER_TEMPLATE_SCOPE_BUSINESS,
  HANDOVER_TEMPLATE_SCOPE_PERSONAL,
} HandoverTemplateScope;

/**
 * HandoverAlertState:
 *
 * What became of an operator's alert, as far as it can be known. A state that the same alert reached does not undo
 * another.
 */
typedef enum
{
  HANDOVER_ALERT_STATE_UNKNOWN,
  HANDOVER_ALERT_STATE_SHOWN,
  HANDOVER_ALERT_STATE_ACTED,
  HANDOVER_ALERT_STATE_READ,
  HANDOVER_ALERT_STATE_MISSED,
} HandoverAlertState;

/**
 * HandoverSignalKind:
 *
 * What an operator does at this moment.
 */
typedef enum
{
  HANDOVER_SIGNAL_KIND_UNKNOWN,
  HANDOVER_SIGNAL_KIND_VIEWING,
  HANDOVER_SIGNAL_KIND_TYPING,
} HandoverSignalKind;

/**
 * HandoverOutcome:
 *
 * Where an operator leaves a conversation.
 */
typedef enum
{
  HANDOVER_OUTCOME_UNKNOWN,
  HANDOVER_OUTCOME_CLOSE,
  HANDOVER_OUTCOME_RESUME_AGENT, /*< nick=resume_agent >*/
} HandoverOutcome;

/**
 * HandoverChangeKind:
 *
 * What a control message in a transcript reports.
 */
typedef enum
{
  HANDOVER_CHANGE_KIND_UNKNOWN,
  HANDOVER_CHANGE_KIND_ESCALATED,
  HANDOVER_CHANGE_KIND_CLAIMED,
  HANDOVER_CHANGE_KIND_RELEASED,
  HANDOVER_CHANGE_KIND_TRANSFERRED,
  HANDOVER_CHANGE_KIND_RESUMED,
  HANDOVER_CHANGE_KIND_CLOSED,
  HANDOVER_CHANGE_KIND_REOPENED,
  HANDOVER_CHANGE_KIND_BLOCKED,
  HANDOVER_CHANGE_KIND_UNBLOCKED,
} HandoverChangeKind;

const char * handover_enum_to_nick   (GType       type,
                                      int         value);
int          handover_enum_from_nick (GType       type,
                                      const char *nick);

G_END_DECLS
