/** What a person may be in a room; nothing of these is an outsider. */
export const roles = ['owner', 'moderator', 'member'] as const;
export type Role = (typeof roles)[number];

export const roomKinds = ['public', 'private', 'direct'] as const;
export type RoomKind = (typeof roomKinds)[number];

export const userKinds = ['guest', 'member', 'bot'] as const;
export type UserKind = (typeof userKinds)[number];
