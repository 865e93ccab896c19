import { Peer } from './peer.ts';

/** The demo's one message. */
export type ClassicFrame = {
  readonly ID: string;
  readonly Content: string;
  readonly SentAt: number;
  readonly Type: number;
};

/** Comes in by the demo's door, as its clients do. */
export function classic(url: string, id: string, room = 'general'): Promise<Peer> {
  return Peer.open(url, `/classic?id=${encodeURIComponent(id)}&room=${room}`);
}

/** What has come so far, in the demo's own shape. */
export function classicFrames(peer: Peer): ClassicFrame[] {
  return peer.frames.map((frame) => Object(frame));
}

/** The first frame of this type and content that has come or will come. */
export async function told(peer: Peer, type: number, content?: string): Promise<ClassicFrame> {
  const frame = await peer.seen(
    (frame) => frame.Type === type && (content === undefined || frame.Content === content),
  );
  return Object(frame);
}
