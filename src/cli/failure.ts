import { strip } from '../chat/strip.ts';
import { ChinwagError } from '../client/error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { DamagedToken } from './tokens.ts';

/** What to say of an error, and what to end with; undefined for what nobody foresaw. */
export function failureOf(
  error: unknown,
): { readonly sentence: string; readonly code: ExitCode } | undefined {
  if (error instanceof DamagedToken) return { sentence: error.message, code: exitCodes.refused };
  if (!(error instanceof ChinwagError)) return undefined;
  // It may be the server's own word.
  return { sentence: strip(error.message), code: codeOf(error) };
}

function codeOf({ code }: ChinwagError): ExitCode {
  switch (code) {
    case 'disconnected':
    case 'unavailable':
      return exitCodes.unreachable;
    case 'forbidden':
    case 'not_authenticated':
      return exitCodes.notAllowed;
    default:
      return exitCodes.refused;
  }
}
