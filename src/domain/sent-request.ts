import { z } from 'zod';

/** A request as its receiver sees it, but for what proves where it is from: that is nobody's to read a second time. */
export const SentRequest = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).describe('without the signature, and without its time'),
  body: z.string().describe('to the byte as it is sent, in UTF-8'),
});
export type SentRequest = z.infer<typeof SentRequest>;
