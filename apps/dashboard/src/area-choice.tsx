import { Choice } from './choice.js';
import { useFormats, useText } from './language.js';
import { changeUrl, type UrlState } from './url-state.js';
import type { Areas } from './use-areas.js';
import { navigate } from './use-url.js';

/** The country or one of its provinces, for everything on the page. */
export const AreaChoice = (props: { url: UrlState; areas: Areas; provincesOnly?: boolean }) => {
  const { url, areas, provincesOnly } = props;
  const text = useText();
  const formats = useFormats();
  const { country, chosen, provinces, nameOf } = areas;
  return (
    <Choice
      name="area"
      label={text('overview.area')}
      value={chosen}
      options={[
        ...(provincesOnly === true
          ? []
          : [{ value: country, label: text('overview.area.country', { name: nameOf(country) }) }]),
        ...provinces.map(({ code, name }) => ({ value: code, label: formats.name(name) })),
      ]}
      onChoose={(area) => navigate(changeUrl(url, { area: area === country ? undefined : area }))}
    />
  );
};
