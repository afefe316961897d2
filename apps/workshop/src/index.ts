export { defineWorkshop } from './config/defineWorkshop.ts';
export type { WorkshopConfig, WorkshopShipper } from './config/defineWorkshop.ts';
