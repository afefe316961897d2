import type { LiteColorChannel, LiteDashChannel, LiteDetailChannel, LiteFacetChannel, LiteNumberChannel, LiteOrderChannel, LitePositionChannel, LiteShapeChannel, LiteTextChannel } from './channels.ts';

/** Which fields and values the channels show. */
export interface LiteEncoding {
  readonly x?: LitePositionChannel;
  readonly y?: LitePositionChannel;
  readonly x2?: LitePositionChannel;
  readonly y2?: LitePositionChannel;
  readonly xOffset?: LitePositionChannel;
  readonly yOffset?: LitePositionChannel;
  readonly xError?: LitePositionChannel;
  readonly xError2?: LitePositionChannel;
  readonly yError?: LitePositionChannel;
  readonly yError2?: LitePositionChannel;
  readonly theta?: LitePositionChannel;
  readonly theta2?: LitePositionChannel;
  readonly radius?: LitePositionChannel;
  readonly radius2?: LitePositionChannel;
  readonly longitude?: LitePositionChannel;
  readonly latitude?: LitePositionChannel;
  readonly longitude2?: LitePositionChannel;
  readonly latitude2?: LitePositionChannel;

  readonly color?: LiteColorChannel;
  readonly fill?: LiteColorChannel;
  readonly stroke?: LiteColorChannel;
  readonly opacity?: LiteNumberChannel;
  readonly fillOpacity?: LiteNumberChannel;
  readonly strokeOpacity?: LiteNumberChannel;
  readonly strokeWidth?: LiteNumberChannel;
  readonly strokeDash?: LiteDashChannel;
  readonly size?: LiteNumberChannel;
  readonly angle?: LiteNumberChannel;
  readonly shape?: LiteShapeChannel;
  readonly time?: LiteNumberChannel;

  readonly text?: LiteTextChannel;
  readonly tooltip?: LiteTextChannel | readonly LiteTextChannel[] | null;
  readonly href?: LiteTextChannel;
  readonly url?: LiteTextChannel;
  readonly description?: LiteTextChannel;

  readonly detail?: LiteDetailChannel;
  readonly key?: LiteDetailChannel;
  readonly order?: LiteOrderChannel | readonly LiteOrderChannel[];

  readonly facet?: LiteFacetChannel;
  readonly row?: LiteFacetChannel;
  readonly column?: LiteFacetChannel;
}
