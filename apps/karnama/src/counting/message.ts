import type { CountTask, Lane, SortTask } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';

/** What a counting thread is told when it is started. */
export type ThreadData = { readonly databaseUrl: string; readonly calendar: Calendar };

/** What a thread is asked to do; one at a time. */
export type Order =
  | { readonly order: 'sort'; readonly task: SortTask }
  | { readonly order: 'count'; readonly task: CountTask }
  | { readonly order: 'flush' }
  | { readonly order: 'close' };

/** What it says: how far it has come, and then what came of it. */
export type Answer =
  | { readonly position: bigint }
  | { readonly outcome: Awaited<ReturnType<Lane['sort' | 'count' | 'flush' | 'close']>> }
  | { readonly code: string; readonly message: string; readonly mend: string | undefined };
