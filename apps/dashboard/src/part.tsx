import {
  Component,
  lazy,
  useState,
  type ComponentType,
  type LazyExoticComponent,
  type ReactNode,
} from 'react';
import { Unreachable } from './api.js';
import { Failure } from './states.js';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

type Watched = {
  readonly onMissing: () => void;
  readonly onRetry: () => void;
  readonly bare: boolean;
  readonly children: ReactNode;
};

/** Stands in for a part that did not come; every other error is a fault of the program and goes on. */
class WhenMissing extends Component<Watched, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override componentDidCatch(): void {
    this.props.onMissing();
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { onRetry, bare, children } = this.props;
    if (error === undefined) return children;
    if (!(error instanceof Unreachable)) throw error;
    const failure = <Failure error={error} onRetry={onRetry} bare={bare} />;
    // a whole page keeps the place that the skip link leads to
    return bare ? (
      failure
    ) : (
      <div id="figures" tabIndex={-1}>
        {failure}
      </div>
    );
  }
}

/**
 * A part of the program that is loaded when it is first shown. Suspends meanwhile; where it does not come, because
 * there is no network, it says so and can be asked for again.
 * @param bare told without alarm: it is one of many on its page
 */
export const part = <P extends object>(load: Load<P>, bare = true): ComponentType<P> => {
  const attempt = (): LazyExoticComponent<ComponentType<P>> =>
    lazy(() =>
      load().catch((thrown: unknown) => {
        throw new Unreachable(String(thrown));
      }),
    );
  // one that failed stays so for ever: once that is told, the next place that shows the part has a try of its own
  let newest = attempt();
  const Part = (props: P): ReactNode => {
    const [{ Own, tries }, setOwn] = useState({ Own: newest, tries: 0 });
    return (
      <WhenMissing
        key={tries}
        bare={bare}
        onMissing={() => {
          newest = attempt();
        }}
        onRetry={() => setOwn({ Own: newest, tries: tries + 1 })}
      >
        <Own {...props} />
      </WhenMissing>
    );
  };
  return Part;
};
