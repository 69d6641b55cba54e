import { Inject, Module } from '@nestjs/common';
import { startService } from './bootstrap.js';
import { Lifecycle } from './lifecycle.js';
import { ServiceLog } from './logging.js';
import { RehearsalModule } from './rehearsal-desk.http.js';
import { commonVariables, readSettingsOrExit } from './settings.js';

// The rehearsal desk as a process of its own. HANG and FAIL name the phase of a part that does so when it stops.

@Module({ imports: [RehearsalModule] })
class RehearsalApp {
  constructor(@Inject(Lifecycle) lifecycle: Lifecycle, @Inject(ServiceLog) log: ServiceLog) {
    for (const phase of ['pool', 'relay', 'lanes', 'consumers'] as const) {
      lifecycle.onStop(phase, () => stopPart(phase), 300);
    }
    function stopPart(phase: string): unknown {
      if (process.env['HANG'] === phase) return new Promise(() => setInterval(() => {}, 1_000));
      if (process.env['FAIL'] === phase) throw new Error('cannot stop');
      log.info('Part stopped', { phase });
      return undefined;
    }
  }
}

await startService({ name: 'rehearsal', module: RehearsalApp, settings: readSettingsOrExit(commonVariables) });
