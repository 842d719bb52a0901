export * from './descriptors'
export * from './states'
