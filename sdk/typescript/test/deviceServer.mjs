// The device's side of the server as a `fetch`, in the test's hands: what it answers, and when.
import { MessageSender } from '../dist/index.js';

const json = (status, body) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A refusal as the server writes it. */
export const refuse = (status, code = 'x', title = 'No.') => json(status, { title, status, code });

/** Something to wait for that the test brings about. */
export function gate() {
  let open;
  const passed = new Promise((resolve) => (open = resolve));
  return { passed, open };
}

export class DeviceServer {
  lastSequence = 0;
  /** The ids in the conversation, in order. */
  delivered = [];
  uploads = new Map();
  /** Every call as `METHOD path`, with the token it came with. */
  calls = [];
  /** Asked before a call is served: a Response is the answer, a throw is a broken network. */
  before = () => undefined;

  fetch = async (url, { method, headers, body, signal }) => {
    const path = new URL(url).pathname.slice('/api/'.length);
    const call = { name: `${method} ${path}`, token: headers.authorization.slice('Bearer '.length), body };
    this.calls.push(call);
    const aborted = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
    return Promise.race([aborted, this.#serve(call)]);
  };

  named(name) {
    return this.calls.filter((call) => call.name === name);
  }

  async #serve(call) {
    const { name, body } = call;
    const answer = await this.before(call);
    if (answer) return answer;
    if (name === 'GET device-session') return json(200, { lastSequence: this.lastSequence });
    // Nothing is told here: the answer is held until the caller goes.
    if (name === 'GET device-events') return new Promise(() => undefined);
    if (name === 'POST device-messages') return this.#begin(JSON.parse(body));
    const [, id, offset] = /^\w+ device-messages\/([^/]+)\/(?:chunks\/(\d+)|complete)$/.exec(name);
    const upload = this.uploads.get(id);
    if (!upload) return refuse(404, 'not_found', 'There is no such upload.');
    if (offset === undefined) return this.#take(upload.head);
    if (Number(offset) !== upload.received) return refuse(409, 'upload_offset');
    upload.received += body.length;
    return this.#stand(upload);
  }

  #begin(head) {
    if (this.delivered.includes(head.id)) return json(200, { id: head.id, status: 'delivered', received: 0, uploadSize: null, duplicate: true });
    if (head.uploadSize === undefined) return this.#take(head);
    const known = this.uploads.get(head.id);
    const upload = { head, received: known?.head.sha256 === head.sha256 ? known.received : 0 };
    this.uploads.set(head.id, upload);
    return this.#stand(upload);
  }

  #stand({ head, received }) {
    return json(200, { id: head.id, status: received === head.uploadSize ? 'uploaded' : 'uploading', received, uploadSize: head.uploadSize, duplicate: false });
  }

  #take({ id, sequence }) {
    if (sequence <= this.lastSequence) return refuse(409, 'out_of_order');
    this.lastSequence = sequence;
    this.delivered.push(id);
    this.uploads.delete(id);
    return json(200, { id, status: 'delivered', received: 0, uploadSize: null, duplicate: false });
  }
}

/** A sender on such a server, with what it told. */
export function senderOn(t, server, options = {}) {
  const sender = new MessageSender({
    url: 'http://device.test', token: 'wdt_1', fetch: server.fetch, listen: false, backoff: { minMs: 1, maxMs: 5 }, ...options,
  });
  const heard = [];
  for (const name of ['delivered', 'failed', 'connection', 'connectionRestored']) sender.on(name, (value) => heard.push({ name, value }));
  t.after(() => sender.stop());
  return { sender, of: (name) => heard.filter((one) => one.name === name).map((one) => one.value) };
}
