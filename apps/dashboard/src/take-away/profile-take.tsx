import { changeUrl, type UrlState } from '../url-state.js';
import type { Release } from '../api.js';
import { useText } from '../language.js';
import { headlines } from '../overview/headline.js';
import { metadataAddressOfProfile, profileAddress } from './addresses.js';
import { TakeAwayButton } from './take-away-button.js';

/** Takes the series of all headline indicators of an area away. */
export const ProfileTake = (props: {
  url: UrlState;
  releases: readonly Release[] | undefined;
  area: string;
  of: 'overview.heading' | 'area.heading';
  areaName: string;
}) => {
  const { url, releases, area, of, areaName } = props;
  const text = useText();
  const data = profileAddress(headlines, area, url.release ?? 'latest');
  const newest = releases?.at(-1);
  return (
    <TakeAwayButton
      figure={{
        title: text(of, { area: areaName }),
        data,
        metadata: metadataAddressOfProfile(data),
        ...(url.release !== undefined || newest === undefined
          ? {}
          : { fixed: changeUrl(url, { release: newest.name }) }),
      }}
    />
  );
};
