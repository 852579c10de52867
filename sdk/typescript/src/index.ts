export { WaqtorClient, type ClientOptions } from './client.js';
export * from './errors.js';
export { Events, type EventsOptions } from './events/client.js';
export type { FeedEvent, FeedEvents } from './events/envelope.js';
export * from './messaging/index.js';
export type * from './types.js';
export type { ConversationQuery } from './resources/conversations.js';
export type { MessageQuery, SendText, SendTextTarget } from './resources/messages.js';
export { readWebhook, verifyWebhook, type WebhookCheck, type WebhookEvent, type WebhookHeaders } from './webhooks.js';
