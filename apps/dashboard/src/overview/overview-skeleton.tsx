import '../styles/headline.css';
import { Text } from '../language.js';
import { headlineGroups } from './headline.js';

/** The outline of the overview while the catalogue is read. */
export const OverviewSkeleton = () => (
  <div id="figures" tabIndex={-1}>
    <p role="status" className="unseen">
      <Text of="state.loading" />
    </p>
    <div className="page-heading" aria-hidden="true">
      <span className="skeleton skeleton-heading" />
    </div>
    <div className="headline-groups" aria-hidden="true">
      {headlineGroups.map(({ heading, indicators }) => (
        <div key={heading} className="headline-group" data-size={indicators.length} data-group={heading}>
          <span className="skeleton skeleton-label" />
          <div className="headline-tiles">
            {indicators.map(({ code }) => (
              <div key={code} className="tile headline">
                <span className="skeleton skeleton-label" />
                <span className="skeleton skeleton-value" />
                <span className="skeleton skeleton-label" />
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  </div>
);
