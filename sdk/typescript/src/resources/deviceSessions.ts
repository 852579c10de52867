import type { Http } from '../http.js';
import type { DeviceSession } from '../types.js';

/** Sessions of devices. For your own server: it holds the API key, and gives its web pages and kiosks tokens. */
export class DeviceSessions {
  constructor(private readonly http: Http) {}

  /** Opens a session, or opens it again by the same `deviceId`, and makes a token for it. */
  open(request: { instance: string; deviceId?: string | undefined; name?: string | undefined; expiresInSeconds?: number | undefined }): Promise<DeviceSession> {
    // Opening twice is opening once; a repeated answer by a key would come without its token, which is shown once.
    return this.http.request('POST', '/api/device-sessions', { json: request, idempotencyKey: null });
  }

  /** Its tokens are refused from now on; the conversation stays. */
  async close(sessionId: string): Promise<void> {
    await this.http.request('DELETE', `/api/device-sessions/${encodeURIComponent(sessionId)}`);
  }
}
