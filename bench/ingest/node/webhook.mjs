// The usual Node webhook: POST -> JSON.parse -> queue.add -> 200 only after the add resolved.
// usage: node webhook.mjs REDIS_PORT HTTP_PORT
import http from 'node:http';
import { Queue } from 'bullmq';

const [redisPort, httpPort] = process.argv.slice(2).map(Number);
const queue = new Queue('webhooks', { connection: { host: '127.0.0.1', port: redisPort } });
await queue.waitUntilReady();

http.createServer((request, response) => {
  if (request.method === 'GET') return response.end('ok');
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', async () => {
    try {
      await queue.add('message', JSON.parse(Buffer.concat(parts).toString()));
      response.writeHead(200, { 'content-length': 0 });
    } catch {
      response.writeHead(500, { 'content-length': 0 });
    }
    response.end();
  });
}).listen(httpPort, '127.0.0.1');
