/** Which time a whole job counted. Mirrors org.apache.flink.streaming.api.TimeCharacteristic. @deprecated windows and timers say it themselves */
export enum TimeCharacteristic {
  /** The machines' clocks. */
  ProcessingTime = 'ProcessingTime',
  /** The clock of the source. */
  IngestionTime = 'IngestionTime',
  /** The records' own. */
  EventTime = 'EventTime',
}
