// A program as a user writes it, compiled with the strictest settings against the package that is published.
import { MessageSender, WaqtorClient } from '@waqtor/sdk';
import { MessageSender as SameSender } from '@waqtor/sdk/messaging';
import { FileStore } from '@waqtor/sdk/node';
import { readWebhook } from '@waqtor/sdk/webhooks';

declare const unset: { key?: string; limit?: number; text?: string };

// What may be unset in the environment or a query may be handed on as it is.
const client = new WaqtorClient({ url: 'https://waqtor.example', apiKey: unset.key, fetch: undefined, timeoutMs: unset.limit, retries: unset.limit, events: undefined });
const sender: MessageSender = new SameSender({ url: 'https://waqtor.example', token: 't', store: new FileStore('./queue') });
await client.messages.list({ instance: unset.text, limit: unset.limit, direction: undefined });
await client.messages.sendText({ conversationId: 'cnv_1', text: 'hi', quotedMessageId: unset.text, idempotencyKey: unset.key });
await client.conversations.list({ search: unset.text });
await client.conversations.messages('cnv_1', { order: undefined, limit: unset.limit });
await client.instances.list({ cursor: unset.text });
await client.deviceSessions.open({ instance: 'shop', deviceId: unset.text, name: unset.text, expiresInSeconds: unset.limit });
await sender.sendAudio(new Uint8Array(1), { mimeType: unset.text, metadata: { user: { name: unset.text }, audio: { durationSeconds: unset.limit }, shelf: 7 } });
await readWebhook({ body: '', headers: {}, secret: 's', toleranceSeconds: unset.limit, now: undefined });
// @ts-expect-error Metadata that is known has its type.
await sender.sendText('hi', { metadata: { delivery: { priority: 'urgent' } } });

// Events of the reference have their payload.
client.on('message.received', ({ payload }) => payload.text?.length);
client.on('message.queued', ({ payload }) => payload.status === 'pending');
client.on('message.changed', ({ payload }) => payload.conversationId.length);
client.on('conversation.updated', ({ payload }) => payload.unread > 0);
client.on('conversation.flushed', ({ payload }) => payload.messageIds.length);
client.on('batch.dead-lettered', (event) => event.payload.attempts > 3 && event.payload.instance.length);
client.on('session.status', (event) => event.payload.status === 'auth_failure');
client.on('session.qr', ({ payload }) => payload.qrCode?.length);
client.on('smartbot.reply', ({ payload }) => payload.trace.confidence > 0.5);
client.on('smartbot.rule-updated', ({ payload }) => payload.change === 'trained');
client.on('contact.opted-out', ({ payload }) => payload.conversationId?.length);
client.on('delivery.parked', ({ payload }) => payload.reason?.length);
client.on('text_response', ({ payload }) => payload.response?.length);
client.on('gap', ({ topics }) => topics.length);
client.events.once('connected', ({ transport }) => transport === 'sse');
// Those of others are events as well, of which nothing is known.
client.on('campaign.progress', ({ payload, topic }) => [payload, topic.length]);
client.on('notification:new', ({ timestamp }) => timestamp.length);
client.on('message.invented' as string, ({ event }) => event.length);
// @ts-expect-error A payload of which nothing is known is unknown.
client.on('campaign.progress', ({ payload }) => payload.percent);
// @ts-expect-error A slip in a name.
client.on('message.recieved', () => undefined);
// @ts-expect-error A slip in a name.
client.events.on('batch.deadLettered', () => undefined);
// @ts-expect-error A slip in a name.
client.on('conected', () => undefined);
// @ts-expect-error A status that there is not.
client.on('session.status', ({ payload }) => payload.status === 'online');
