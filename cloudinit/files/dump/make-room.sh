# In a dump what is binary is twice as long as the longest that the server takes.
packet=$(run -e 'SELECT @@GLOBAL.max_allowed_packet')
trap 'run -e "SET GLOBAL max_allowed_packet = $packet"' EXIT
run -e 'SET GLOBAL max_allowed_packet = 1073741824'
