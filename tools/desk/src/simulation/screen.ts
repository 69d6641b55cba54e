import type { DeskClient } from '../desk-client.js';
import type { BoardSession } from './schedule.js';

/** An operator's screen, open until `signal`: keeps in `screen` what it was told last of each session that changed. */
export async function watchBoard(
  operator: DeskClient,
  signal: AbortSignal,
  screen: Map<string, BoardSession>,
): Promise<void> {
  let rest = '';
  try {
    for await (const text of (await operator.live(signal)).pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const data = /^event: session\n(?:id: .*\n)?data: (.*)$/m.exec(block)?.[1];
        if (data === undefined) continue;
        const session = JSON.parse(data) as BoardSession;
        screen.set(session.sessionId, session);
      }
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}
