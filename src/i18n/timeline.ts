/** The lanes below the page. */
export const timeline = {
  laneOfJob: { en: 'Job {job}', zh: '作业 {job}' },
} as const
