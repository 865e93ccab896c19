import type { RoomEvent } from '../../protocol/index.ts';

/**
 * Carries events that are safely stored to every node, this one too.
 *
 * The bus is a hint, not the truth: it may lose, repeat and reorder. What it must do:
 *
 * - B1 An event that arrives is one that was published, unchanged.
 * - B2 What this node publishes reaches this node's listener before `publish` returns:
 *   those who are here wait for no network.
 */
export interface Bus {
  publish(event: RoomEvent): void;
  /** The one listener of this node. */
  listen(listener: (event: RoomEvent) => void): void;
}
