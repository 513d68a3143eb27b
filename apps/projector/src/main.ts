import { runProcess } from '@karnama/nest';
import { configOf } from './config.js';
import { startProjector } from './start.js';

await runProcess({ app: 'projector', config: () => configOf(), start: startProjector });
