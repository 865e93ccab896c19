import { isUtf8 } from 'node:buffer';
import type { Clock } from '../client/index.ts';
import type { Input } from './input.ts';
import { keyOfAlt, keyOfControl, keyOfCsi, keyOfLinux, keyOfSs3 } from './key-names.ts';
import { Paste } from './paste.ts';

type Listeners = {
  readonly onInput: (input: Input) => void;
  /** What the terminal says of itself: the text of an OSC, as `11;rgb:…`, or `c` for what it is. */
  readonly onAnswer: (answer: string) => void;
};

/** Where in the stream of bytes reading stands. */
type State =
  | { readonly at: 'ground' }
  /** Behind one ESC, or behind two. */
  | { readonly at: 'escape'; readonly twice: boolean }
  | { readonly at: 'csi'; readonly twice: boolean; readonly params: string }
  | { readonly at: 'ss3'; readonly twice: boolean; readonly params: string }
  /** Behind `ESC [ [`, which only Linux's console sends. */
  | { readonly at: 'linux' }
  /** In a mouse report of the old kind, which has three bytes more. */
  | { readonly at: 'mouse'; readonly left: number }
  /** In an OSC, DCS, SOS, PM or APC; `escaped` where its end may have begun. */
  | {
      readonly at: 'string';
      readonly opener: string;
      readonly text: string;
      readonly escaped: boolean;
    }
  /** In a character of more than one byte behind ESC. */
  | { readonly at: 'alt'; readonly bytes: readonly number[] }
  | { readonly at: 'paste'; readonly paste: Paste };

const GROUND: State = { at: 'ground' };
const ESC = 0x1b;
const BELL = 0x07;
const CANCEL = 0x18;
const SUBSTITUTE = 0x1a;

/** How long an ESC may still become the first byte of a sequence. */
const ESCAPE_MS = 50;
/** How long a sequence that has begun may stand still before it is given up. */
const UNFINISHED_MS = 1_000;
/** No key has longer parameters, and no answer of use is longer. */
const LONGEST_PARAMS = 64;
const LONGEST_STRING = 256;
const LONGEST_CHARACTER = 4;

/** Makes what a person did out of a terminal's bytes. What it does not know it swallows whole. */
export class Keyboard {
  readonly #clock: Clock;
  readonly #listeners: Listeners;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #state: State = GROUND;
  #stopTimer = () => {};

  constructor(clock: Clock, listeners: Listeners) {
    this.#clock = clock;
    this.#listeners = listeners;
  }

  feed(bytes: Uint8Array): void {
    this.#stopTimer();
    for (let index = 0; index < bytes.length; ) {
      const state = this.#state;
      if (state.at === 'paste') index += this.#readPaste(state.paste, bytes.subarray(index));
      else if (state.at === 'ground') index += this.#readGround(bytes, index);
      else index += this.#read(state, bytes[index] ?? 0) ? 1 : 0;
    }
    this.#stopTimer = this.#patience();
  }

  /** Waits for nothing more. */
  close(): void {
    this.#stopTimer();
  }

  /** Answers how many bytes of the paste were read. */
  #readPaste(paste: Paste, bytes: Uint8Array): number {
    const read = paste.read(bytes);
    if (!paste.isDone) return read;
    this.#state = GROUND;
    this.#listeners.onInput({ kind: 'paste', text: paste.text });
    return read;
  }

  /** Reads text as far as it goes, or else one byte. */
  #readGround(bytes: Uint8Array, start: number): number {
    let end = start;
    while (end < bytes.length && !isControl(bytes[end] ?? 0)) end += 1;
    if (end > start) {
      this.#type(this.#decoder.decode(bytes.subarray(start, end), { stream: true }));
      return end - start;
    }
    // A character that something else cuts short is none.
    this.#type(this.#decoder.decode());
    const byte = bytes[start] ?? 0;
    if (byte === ESC) this.#state = { at: 'escape', twice: false };
    else this.#press(keyOfControl(byte, false));
    return 1;
  }

  /** Reads one byte; false if it belongs to what comes next. */
  #read(state: Exclude<State, { at: 'ground' | 'paste' }>, byte: number): boolean {
    switch (state.at) {
      case 'escape':
        return this.#readEscape(state.twice, byte);
      case 'csi':
        return this.#readCsi(state, byte);
      case 'ss3':
        return this.#readSs3(state, byte);
      case 'linux':
        this.#state = GROUND;
        if (byte < 0x41 || byte > 0x45) return false;
        this.#press(keyOfLinux(String.fromCharCode(byte)));
        return true;
      case 'mouse':
        this.#state = state.left === 1 ? GROUND : { at: 'mouse', left: state.left - 1 };
        return true;
      case 'string':
        return this.#readString(state, byte);
      case 'alt':
        return this.#readAlt([...state.bytes, byte], byte);
    }
  }

  #readEscape(twice: boolean, byte: number): boolean {
    const character = String.fromCharCode(byte);
    if (character === '[') this.#state = { at: 'csi', twice, params: '' };
    else if (character === 'O') this.#state = { at: 'ss3', twice, params: '' };
    else if (twice || byte === ESC) {
      if (twice) this.#press(keyOfControl(ESC, false));
      this.#state = { at: 'escape', twice: byte === ESC };
      return byte === ESC;
    } else if ('P]X^_'.includes(character)) {
      this.#state = { at: 'string', opener: character, text: '', escaped: false };
    } else if (byte >= 0x80) {
      this.#state = { at: 'alt', bytes: [] };
      return false;
    } else {
      this.#state = GROUND;
      this.#press(isControl(byte) ? keyOfControl(byte, true) : keyOfAlt(character));
    }
    return true;
  }

  #readCsi({ twice, params }: State & { at: 'csi' }, byte: number): boolean {
    const character = String.fromCharCode(byte);
    this.#state = GROUND;
    if (params === '' && !twice && character === '[') this.#state = { at: 'linux' };
    else if (params === '' && character === 'M') this.#state = { at: 'mouse', left: 3 };
    else if (byte >= 0x20 && byte <= 0x3f && !(character === '$' && /^\d+$/.test(params))) {
      const more = params.length < LONGEST_PARAMS ? params + character : params;
      this.#state = { at: 'csi', twice, params: more };
    } else if (params === '200' && character === '~') {
      this.#state = { at: 'paste', paste: new Paste() };
    } else if (isControl(byte) || byte >= 0x80) {
      if (params === '') this.#pressAlone('[', twice);
      return false;
    } else if (character === 'c') this.#listeners.onAnswer('c');
    else if (params.length < LONGEST_PARAMS) {
      this.#press(keyOfCsi({ params, final: character, alt: twice }));
    }
    return true;
  }

  #readSs3({ twice, params }: State & { at: 'ss3' }, byte: number): boolean {
    const character = String.fromCharCode(byte);
    this.#state = GROUND;
    if (/[\d;]/.test(character) && params.length < LONGEST_PARAMS) {
      this.#state = { at: 'ss3', twice, params: params + character };
      return true;
    }
    if (/[ A-Za-z]/.test(character)) {
      this.#press(keyOfSs3({ params, final: character, alt: twice }));
      return true;
    }
    if (params === '') this.#pressAlone('O', twice);
    return false;
  }

  #readString(state: State & { at: 'string' }, byte: number): boolean {
    const { opener, text, escaped } = state;
    const isEnd = byte === BELL || (escaped && byte === 0x5c);
    if (isEnd || byte === CANCEL || byte === SUBSTITUTE) {
      this.#state = GROUND;
      if (isEnd && opener === ']') this.#listeners.onAnswer(text);
    } else if (escaped) {
      this.#state = { at: 'escape', twice: false };
      return false;
    } else if (byte === ESC) this.#state = { ...state, escaped: true };
    else if (text.length < LONGEST_STRING) {
      this.#state = { ...state, text: text + String.fromCharCode(byte) };
    }
    return true;
  }

  #readAlt(bytes: readonly number[], byte: number): boolean {
    const whole = Buffer.from(bytes);
    const isWhole = isUtf8(whole);
    const goesOn = byte >= 0x80 && !isWhole && bytes.length < LONGEST_CHARACTER;
    this.#state = goesOn ? { at: 'alt', bytes } : GROUND;
    if (byte < 0x80) return false;
    const typed = whole.toString();
    if (isWhole && !/\p{Cc}/u.test(typed)) this.#press(keyOfAlt(typed));
    return true;
  }

  /** What has begun and does not go on was a key of its own, or is nothing. */
  #patience(): () => void {
    const state = this.#state;
    if (state.at === 'ground' || state.at === 'paste') return () => {};
    const isOpener =
      state.at === 'escape' ||
      ((state.at === 'csi' || state.at === 'ss3') && state.params === '') ||
      (state.at === 'string' && state.text === '');
    return this.#clock.after(isOpener ? ESCAPE_MS : UNFINISHED_MS, () => this.#giveUp(state));
  }

  #giveUp(state: State): void {
    this.#state = GROUND;
    if (state.at === 'escape') {
      this.#press(keyOfControl(ESC, false));
      if (state.twice) this.#press(keyOfControl(ESC, false));
    } else if (state.at === 'csi' && state.params === '') this.#pressAlone('[', state.twice);
    else if (state.at === 'ss3' && state.params === '') this.#pressAlone('O', state.twice);
    else if (state.at === 'string' && state.text === '') this.#pressAlone(state.opener, false);
  }

  /** What opens a sequence is also what Alt and a key send. */
  #pressAlone(opener: string, twice: boolean): void {
    if (twice) this.#press(keyOfControl(ESC, false));
    this.#press(keyOfAlt(opener));
  }

  #press(input: Input | undefined): void {
    if (input !== undefined) this.#listeners.onInput(input);
  }

  #type(decoded: string): void {
    const text = decoded.replace(/\p{Cc}/gu, '');
    if (text !== '') this.#listeners.onInput({ kind: 'text', text });
  }
}

function isControl(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f;
}
