/** The pattern of what has no figure, by the name `missing`, in a picture that stands alone. */
export const hatch =
  '<pattern id="missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v6" stroke="#87918c" stroke-width="1.5"/></pattern>';
