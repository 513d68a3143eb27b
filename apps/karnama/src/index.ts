export { withCountingThreads } from './counting/threads.js';
export { createProgram, main } from './program.js';
