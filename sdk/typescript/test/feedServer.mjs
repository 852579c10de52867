// The feed's hub and stream in the test's hands: what they answer, and when. The hub speaks the SignalR protocol over
// server-sent events, which needs nothing but HTTP.
import { createServer } from 'node:http';

const end = '\x1e';

export class FeedServer {
  /** What was asked, in order: `Subscribe a,b`, `Unsubscribe a`, `stream a,b`. */
  asked = [];
  /** Requests, also those that were refused. */
  requests = [];
  /** Open connections. */
  hubs = new Set();
  streams = new Set();
  /** Asked before a question is answered; a throw is the answer. */
  before = () => undefined;

  static async start(t) {
    const server = new FeedServer();
    const http = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk)).on('end', () => void server.#serve(request, response, body));
    });
    await new Promise((done) => http.listen(0, '127.0.0.1', done));
    server.url = `http://127.0.0.1:${http.address().port}`;
    t.after(() => (http.closeAllConnections(), new Promise((done) => http.close(done))));
    return server;
  }

  async #serve(request, response, body) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    this.requests.push(`${request.method} ${pathname}`);
    if (pathname === '/api/realtime/events') return this.#stream(response, searchParams.get('topics'));
    if (pathname === '/hubs/events/negotiate') {
      return response.end(JSON.stringify({
        connectionId: 'c', connectionToken: 'c', negotiateVersion: 1,
        availableTransports: [{ transport: 'ServerSentEvents', transferFormats: ['Text'] }],
      }));
    }

    if (request.method === 'GET') return this.#open(response, this.hubs);
    response.end();
    const [hub] = [...this.hubs].slice(-1);
    for (const text of body.split(end).filter((part) => part !== '')) void this.#hear(hub, JSON.parse(text));
  }

  async #hear(hub, message) {
    if (message.protocol) return hub.write(`data: {}${end}\n\n`);
    if (message.type !== 1) return;
    const topics = message.arguments[0];
    const answer = await this.#answer(`${message.target} ${topics}`, topics).then((result) => ({ result }), ({ message: error }) => ({ error }));
    hub.write(`data: ${JSON.stringify({ type: 3, invocationId: message.invocationId, ...answer })}${end}\n\n`);
  }

  async #stream(response, topics) {
    try {
      const answer = await this.#answer(`stream ${topics}`, topics.split(','));
      this.#open(response, this.streams).write(`event: connected\ndata: ${JSON.stringify(answer)}\n\n`);
    } catch {
      response.writeHead(400).end();
    }
  }

  #open(response, connections) {
    connections.add(response);
    response.on('close', () => connections.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    return response;
  }

  async #answer(question, topics) {
    this.asked.push(question);
    await this.before(question);
    return { topics, recovered: true, cursor: topics.map((topic) => `${topic}.e.1`).join('|') };
  }
}
