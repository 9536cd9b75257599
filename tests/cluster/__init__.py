"""The whole of deploy/ on this machine, without containers: proxy, servers, database, cluster."""
