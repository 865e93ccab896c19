/** A line of the conversation that the pictures show. */
export interface Line {
  readonly room: string;
  /** Minutes after the first line. */
  readonly at: number;
  readonly from: string;
  readonly text: string;
  /** How many lines of the same room before this one it answers. */
  readonly answers?: number;
}

export const reader = 'ann';

export const rooms = [
  { room: 'general', title: '', topic: 'Release 2.4 goes out on Thursday · notes in #deploys' },
  { room: 'deploys', title: 'Deploys', topic: 'What went out, and what came back' },
  { room: 'design', title: 'Design', topic: '' },
  { room: 'lunch', title: '', topic: 'Today: the noodle place' },
  { room: 'quiet', title: '', topic: '' },
] as const;

/** The reader has read so many lines of `general`; the rest is new to her. */
export const read = 14;

const DAY = 24 * 60;
/** When the pictures are taken, in minutes after the first line. */
export const now = DAY - 350;

export const lines: readonly Line[] = [
  { room: 'general', at: 0, from: 'bob', text: 'The staging box is back. It was the disk, again.' },
  {
    room: 'general',
    at: 1,
    from: 'bob',
    text: 'I ordered a bigger one, it should be here on Monday',
  },
  {
    room: 'general',
    at: 4,
    from: 'Chloé',
    text: 'Thank you! Could we get an alert *before* it is full next time?',
  },
  {
    room: 'general',
    at: 6,
    from: 'ann',
    text: 'There is one, it just shouts into an empty room',
  },
  {
    room: 'general',
    at: 9,
    from: 'Dmitri',
    text: 'I moved it to #deploys. This is all it takes:\n\n```sh\ndf --output=pcent / | tail -1 | tr -dc 0-9 |\n  xargs -I{} sh -c \'[ {} -lt 85 ] || echo "disk at {}%" | chinwag send deploys\'\n```',
  },
  { room: 'general', at: 11, from: 'Chloé', text: 'That is lovely. **Shipping it.**', answers: 1 },
  {
    room: 'general',
    at: 70,
    from: 'priya',
    text: 'The import is done: 1,204,331 messages in 48 s',
  },
  { room: 'general', at: 72, from: 'ann', text: 'Wow. And nothing lost?' },
  {
    room: 'general',
    at: 73,
    from: 'priya',
    text: 'Counted twice:\n\n- 1,204,331 in the old store\n- 1,204,331 here, same order\n- 0 repeats\n\n> a retry with the same key never acts twice\n\nturns out that is simply true',
    answers: 1,
  },
  { room: 'general', at: DAY - 420, from: 'Mina', text: 'That is the number I hoped for' },
  {
    room: 'general',
    at: DAY - 415,
    from: 'Dmitri',
    text: 'The query behind it, for the curious:\n\n```sql\nSELECT room, max(seq) = count(*) AS whole\nFROM events\nGROUP BY room; -- every row says 1\n```',
  },
  { room: 'general', at: DAY - 409, from: 'bob', text: 'I would like that one on a mug' },
  {
    room: 'general',
    at: DAY - 396,
    from: 'Chloé',
    text: 'Notes for Thursday are at https://example.org/notes/2.4, please add what I forgot',
  },
  { room: 'general', at: DAY - 395, from: 'ann', text: 'Reading them now' },
  {
    room: 'general',
    at: DAY - 360,
    from: 'bob',
    text: '@ann could you have a look at the `--heartbeat` line? I think 15s is the default, not 10s',
  },
  { room: 'general', at: DAY - 358, from: 'priya', text: 'It is 15s, I checked yesterday' },
  { room: 'general', at: DAY - 357, from: 'Chloé', text: 'Fixed. ~~10s~~ 15s', answers: 2 },
  { room: 'deploys', at: DAY - 380, from: 'Dmitri', text: '`2.4.0-rc.1` is on staging' },
  { room: 'deploys', at: DAY - 372, from: 'Dmitri', text: 'all checks are green' },
  { room: 'lunch', at: DAY - 365, from: 'bob', text: '12:30 at the door? @ann @priya' },
  { room: 'design', at: DAY - 500, from: 'Chloé', text: 'New icons are in the folder' },
];
