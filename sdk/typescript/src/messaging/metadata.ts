/** What a device may say about its message. All of it is kept with the message; nothing is required. */
export interface MessageMetadata {
  session?: { id?: string; startedAt?: string; page?: string; referrer?: string; [key: string]: unknown };
  device?: { id?: string; type?: string; platform?: string; userAgent?: string; language?: string; appVersion?: string; [key: string]: unknown };
  audio?: AudioSpecification;
  processing?: { language?: string; model?: string; transcribe?: boolean; detectEmotions?: boolean; [key: string]: unknown };
  user?: { id?: string; name?: string; email?: string; location?: string; [key: string]: unknown };
  delivery?: { priority?: 'low' | 'normal' | 'high'; expiresAt?: string; requireResponse?: boolean; [key: string]: unknown };
  [key: string]: unknown;
}

export interface AudioSpecification {
  durationSeconds?: number;
  sampleRate?: number;
  channels?: number;
  bitsPerSample?: number;
  codec?: string;
  [key: string]: unknown;
}
