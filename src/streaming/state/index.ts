export * from './descriptors'
export * from './states'
export { StateTtlConfig } from './ttl'
