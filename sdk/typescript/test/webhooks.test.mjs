// Vectors of other people's implementations; the judge beside ours is the package of Standard Webhooks itself.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { Webhook } from 'standardwebhooks';
import { WebhookSignatureError } from '../dist/index.js';
import { readWebhook, verifyWebhook } from '../dist/webhooks.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = '1614265330';
const body = '{"test": 2432232314}';
const good = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const at = (offset) => () => (Number(timestamp) + offset) * 1_000;
const headers = (signature, more = {}) => ({ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature, ...more });
const check = (more = {}) => verifyWebhook({ body, headers: headers(good), secret, now: at(0), ...more });
const refused = (more) => assert.rejects(check(more), WebhookSignatureError);

test('Standard Webhooks vectors, short and long, are accepted', async () => {
  await check();
  await check({ body: 'a'.repeat(262_143), headers: headers('v1,NTItnqyWMoFhk2Bbe5V/BMdcFRWgcSQaTgqLHX7FC7c=') });
  await check({ body: 'a'.repeat(262_144), headers: headers('v1,Mw4Pe2WgApuT7NSqnSq0PQPV9gbLdggCl9B865x5Xh0=') });
  await check({ body: 'a'.repeat(1_048_576), headers: headers('v1,txpEUxqWZJ5nteTnymUVa+7C4NHpBeXJ6CsBAW0c3/A=') });
  await check({ body: new TextEncoder().encode(body), secret: secret.slice('whsec_'.length) });
  await check({ headers: new Headers(headers(good)) });
  await check({ headers: { 'Webhook-Id': id, 'WEBHOOK-TIMESTAMP': [timestamp], 'webhook-signature': `v9,xx v1,AAAA ${good}` } });
});

test('Standard Webhooks v1a vectors are accepted with the public key', async () => {
  await check({
    secret: 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
    headers: headers('v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=='),
  });
  await check({
    secret: 'whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=',
    headers: headers('v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag=='),
  });
  await refused({
    secret: 'whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=',
    headers: headers('v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=='),
  });
});

test('the timestamp may be off by 300 s and no more', async () => {
  for (const offset of [-300, -299, 299, 300]) await check({ now: at(offset) });
  for (const offset of [-301, 301]) await refused({ now: at(offset) });
  for (const value of ['', 'Infinity', 'NaN', '1e9', '-1', '1614265330.0']) await refused({ headers: headers(good, { 'webhook-timestamp': value }) });
});

test('anything changed is refused', async () => {
  await refused({ body: '{"test":2432232314}' });
  await refused({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx' });
  await refused({ secret: '' });
  await refused({ secret: [] });
  for (const signature of ['v1,', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd', good.replace('v1,', 'v2,'), good.slice(3), '']) await refused({ headers: headers(signature) });
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) await refused({ headers: headers(good, { [name]: undefined }) });
  await refused({ headers: {} });
});

test('an old call is not let in by the classic header beside a stale timestamp', async () => {
  const classic = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  await refused({ headers: headers(good, { 'x-waqtor-signature': classic }), now: at(10_000) });
});

test('the classic header is checked with the secret as it is', async () => {
  const event = { body: 'Hello, World!', secret: "It's a Secret to Everybody" };
  const vector = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  await verifyWebhook({ ...event, headers: { 'X-Waqtor-Signature': vector } });
  for (const wrong of [vector.toUpperCase(), vector.slice(7), vector.replace('7', '8'), 'sha256=', 'sha1=757107ea']) {
    await assert.rejects(verifyWebhook({ ...event, headers: { 'X-Waqtor-Signature': wrong } }), WebhookSignatureError);
  }
});

test('what the reference package signs is accepted, also during a rotation', async () => {
  const now = new Date();
  const text = '{"event":"message_received","timestamp":"2026-11-24T00:00:00Z","data":{"text":"مرحبا"}}';
  const old = new Webhook('C2FVsBQIhrscChlQIMV+b5sSYspob7oD');
  const signed = { 'webhook-id': 'evt_1', 'webhook-timestamp': String(Math.floor(now / 1_000)), 'webhook-signature': old.sign('evt_1', now, text) };
  const event = await readWebhook({ body: text, headers: signed, secret: [secret, 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'] });
  assert.equal(event.data.text, 'مرحبا');
  await assert.rejects(readWebhook({ body: text, headers: signed, secret }), WebhookSignatureError);
});
