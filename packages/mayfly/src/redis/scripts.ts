/** What Redis does in one go, in its own language. */
export const scripts = {
  /** The element goes, where another key, if one is named, holds what is said. */
  remove: `
    if ARGV[2] and redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
    redis.call('LREM', KEYS[1], 1, ARGV[1])
    return 1`,
  /** It goes to the dead list as `entry`, or, where it is not there any more, nothing happens. */
  divert: `
    if ARGV[3] and redis.call('GET', KEYS[3]) ~= ARGV[3] then return 0 end
    local removed = redis.call('LREM', KEYS[1], 1, ARGV[1])
    if removed == 1 then redis.call('RPUSH', KEYS[2], ARGV[2]) end
    return 1`,
  /** An empty string stands for a key that is not there. */
  swap: `
    local now = redis.call('GET', KEYS[1]) or ''
    if now ~= ARGV[1] then return 0 end
    if ARGV[2] == '' then redis.call('DEL', KEYS[1])
    else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
    return 1`,
} as const;
