// Each may be absent, and others may stand beside them.
type Said<Members> = { [Name in keyof Members]?: Members[Name] | undefined } & { [key: string]: unknown };

/** What a device may say about its message. All of it is kept with the message; nothing is required. */
export type MessageMetadata = Said<{
  session: Said<{ id: string; startedAt: string; page: string; referrer: string }>;
  device: Said<{ id: string; type: string; platform: string; userAgent: string; language: string; appVersion: string }>;
  audio: AudioSpecification;
  processing: Said<{ language: string; model: string; transcribe: boolean; detectEmotions: boolean }>;
  user: Said<{ id: string; name: string; email: string; location: string }>;
  delivery: Said<{ priority: 'low' | 'normal' | 'high'; expiresAt: string; requireResponse: boolean }>;
}>;

export type AudioSpecification = Said<{ durationSeconds: number; sampleRate: number; channels: number; bitsPerSample: number; codec: string }>;
