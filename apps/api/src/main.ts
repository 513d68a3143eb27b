import { runProcess } from '@karnama/nest';
import { configOf } from './config.js';
import { startApiProcess } from './start.js';

await runProcess({ app: 'api', config: () => configOf(), start: startApiProcess });
