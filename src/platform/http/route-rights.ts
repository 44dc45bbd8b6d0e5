import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** Where a route says which right it needs; what rights there are is the business's affair. */
export const NEEDED_RIGHT = 'six-synergies:right';

/** Instead of a right: whoever asks. */
export const PUBLIC = 'public';

/** A route for whoever asks: signing in, health. A route that declares neither this nor a right answers nobody. */
export const Public = () => applyDecorators(SetMetadata(NEEDED_RIGHT, PUBLIC), ApiExtension('x-right', PUBLIC));
