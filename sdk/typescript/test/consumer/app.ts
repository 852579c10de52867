// A program as a user writes it, compiled with the strictest settings against the package that is published.
import { MessageSender, WaqtorClient } from '@waqtor/sdk';
import { MessageSender as SameSender } from '@waqtor/sdk/messaging';
import { FileStore } from '@waqtor/sdk/node';
import { verifyWebhook } from '@waqtor/sdk/webhooks';

export const client = new WaqtorClient({ url: 'https://waqtor.example', apiKey: 'k' });
export const sender: MessageSender = new SameSender({ url: 'https://waqtor.example', token: 't', store: new FileStore('./queue') });

client.on('message.received', ({ payload }) => console.log(payload.text?.length, payload.conversationId));
export const check = verifyWebhook;
