import { WebhookSignatureError } from './errors.js';
import { toHex } from './sha256.js';

/** Headers as any server library gives them: `Headers`, a plain object, in any case. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface WebhookCheck {
  /** The raw bytes or text as they came. JSON that was parsed and written again has another signature. */
  body: string | Uint8Array;
  headers: WebhookHeaders;
  /** The subscription's secret, or several while one replaces another. */
  secret: string | readonly string[];
  /** Seconds that the timestamp may be off. Default: 300. */
  toleranceSeconds?: number | undefined;
  /** For tests: the time in milliseconds. */
  now?: (() => number) | undefined;
}

/** The body of a webhook. */
export interface WebhookEvent<Data = unknown> {
  readonly event: string;
  readonly timestamp: string;
  readonly data: Data;
}

/**
 * Checks a webhook and reads it. Where the Standard Webhooks headers are there (`webhook-id`, `webhook-timestamp`,
 * `webhook-signature`) they decide, because they also tell how old the call is; `X-Waqtor-Signature` decides alone
 * only where they are absent.
 * @throws WebhookSignatureError
 */
export async function readWebhook<Data = unknown>(check: WebhookCheck): Promise<WebhookEvent<Data>> {
  await verifyWebhook(check);
  const text = typeof check.body === 'string' ? check.body : new TextDecoder().decode(check.body);
  return JSON.parse(text) as WebhookEvent<Data>;
}

/**
 * Checks a webhook's signature.
 * @throws WebhookSignatureError
 */
export async function verifyWebhook(check: WebhookCheck): Promise<void> {
  const body = bytesOf(check.body);
  const secrets = typeof check.secret === 'string' ? [check.secret] : check.secret;
  if (secrets.length === 0 || secrets.some((secret) => secret === '')) throw new WebhookSignatureError('There is no secret to check with.');
  const id = header(check.headers, 'webhook-id');
  const timestamp = header(check.headers, 'webhook-timestamp');
  const signature = header(check.headers, 'webhook-signature');
  if (id !== undefined || timestamp !== undefined || signature !== undefined) {
    if (!id || !timestamp || !signature) throw new WebhookSignatureError('A header of the signature is missing.');
    checkAge(timestamp, check);
    if (await anyFits(secrets, (secret) => standardFits(secret, id, timestamp, body, signature))) return;
    throw new WebhookSignatureError('The signature does not fit.');
  }

  const classic = header(check.headers, 'x-waqtor-signature');
  if (!classic) throw new WebhookSignatureError('There is no signature.');
  if (await anyFits(secrets, (secret) => classicFits(secret, body, classic))) return;
  throw new WebhookSignatureError('The signature does not fit.');
}

async function anyFits(secrets: readonly string[], fits: (secret: string) => Promise<boolean>): Promise<boolean> {
  for (const secret of secrets) if (await fits(secret)) return true;
  return false;
}

function checkAge(timestamp: string, check: WebhookCheck): void {
  const seconds = /^\d{1,15}$/.test(timestamp) ? Number(timestamp) : NaN;
  const now = Math.floor((check.now ?? Date.now)() / 1_000);
  if (!(Math.abs(now - seconds) <= (check.toleranceSeconds ?? 300))) throw new WebhookSignatureError('The timestamp is too old or too new.');
}

async function standardFits(secret: string, id: string, timestamp: string, body: Uint8Array, header: string): Promise<boolean> {
  const prefix = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  const tokens = header.split(' ').map((token) => token.split(',', 2) as [string, string | undefined]);
  if (secret.startsWith('whpk_')) {
    const key = await publicKey(secret);
    for (const [version, value] of tokens) {
      const signature = version === 'v1a' ? fromBase64(value) : undefined;
      if (signature && (await crypto.subtle.verify('Ed25519', key, signature as BufferSource, signed as BufferSource))) return true;
    }
    return false;
  }

  const expected = await hmac(keyOf(secret), signed);
  return tokens.some(([version, value]) => version === 'v1' && equal(fromBase64(value) ?? new Uint8Array(0), expected));
}

async function classicFits(secret: string, body: Uint8Array, header: string): Promise<boolean> {
  const given = /^sha256=([0-9a-f]{64})$/.exec(header)?.[1];
  if (!given) return false;
  const expected = toHex(await hmac(new TextEncoder().encode(secret), body));
  return equal(new TextEncoder().encode(given), new TextEncoder().encode(expected));
}

async function hmac(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key as BufferSource, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes as BufferSource));
}

async function publicKey(secret: string): Promise<CryptoKey> {
  const raw = fromBase64(secret.slice('whpk_'.length));
  if (raw?.length !== 32) throw new WebhookSignatureError('The public key cannot be read.');
  return crypto.subtle.importKey('raw', raw as BufferSource, 'Ed25519', false, ['verify']);
}

// Standard Webhooks: the key is the base64 after whsec_, with or without the prefix.
function keyOf(secret: string): Uint8Array {
  const key = fromBase64(secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret);
  if (!key) throw new WebhookSignatureError('The secret is not base64.');
  return key;
}

function fromBase64(text: string | undefined): Uint8Array | undefined {
  if (!text || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

// As long for a wrong value as for the right one.
function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

function header(headers: WebhookHeaders, name: string): string | undefined {
  if (typeof Headers !== 'undefined' && headers instanceof Headers) return headers.get(name) ?? undefined;
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() === name) return typeof value === 'string' ? value : value?.[0];
  }
  return undefined;
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}
